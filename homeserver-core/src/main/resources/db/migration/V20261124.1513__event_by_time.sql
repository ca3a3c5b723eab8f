-- Finds the event of a room nearest to a moment. Not CONCURRENTLY: no release has the table yet.

CREATE INDEX event_by_time ON event (room_nid, ts, event_nid) WHERE (flags & 7) = 0;
