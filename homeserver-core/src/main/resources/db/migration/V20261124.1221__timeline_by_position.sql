-- Ends of timelines are read with all that their rows count, for many rooms at once. Not CONCURRENTLY: no release has the
-- tables yet.

CREATE INDEX timeline_thread_pos ON timeline_thread (room_nid, pos);
CREATE INDEX push_exception_room ON push_exception (room_nid, pos);
