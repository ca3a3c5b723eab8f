-- Own events do not count as unread: which of a room's notifying events a local user sent themselves.

ALTER TABLE timeline ADD COLUMN sender_nid bigint;
CREATE INDEX timeline_sender ON timeline (room_nid, sender_nid, pos) WHERE sender_nid IS NOT NULL;
COMMENT ON COLUMN timeline.sender_nid IS 'The sender, where the event notifies by the default push rules; null where it does not.';
