-- Heads of rooms, for initial syncs.

CREATE TABLE room_head (
    room_nid bigint PRIMARY KEY,
    pos      log_position NOT NULL,
    epoch    integer NOT NULL,
    head     bytea NOT NULL
);
COMMENT ON TABLE room_head IS 'The end of a room''s timeline and its state, ready to be written into an answer. Written some time behind the log; holds nothing that the log does not, so it may be emptied at any time. Retention: with the room.';
COMMENT ON COLUMN room_head.pos IS 'Of the newest timeline row in it.';
COMMENT ON COLUMN room_head.epoch IS 'room.epoch when it was written: under another one it is not read.';
