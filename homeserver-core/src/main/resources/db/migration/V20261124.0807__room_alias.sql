-- Names of rooms, and which rooms the directory shows.

CREATE TABLE room_alias (
    alias          text COLLATE "C" PRIMARY KEY,
    room_id        text COLLATE "C",
    creator_nid    bigint NOT NULL,
    created_ts     bigint NOT NULL,
    reserved_until bigint,
    CHECK ((room_id IS NULL) = (reserved_until IS NOT NULL))
);
CREATE INDEX room_alias_room ON room_alias (room_id) WHERE room_id IS NOT NULL;
COMMENT ON TABLE room_alias IS 'Aliases on our domains. Retention: until deleted, or with the room; a reservation that has run out is overwritten by the next who wants the alias.';
COMMENT ON COLUMN room_alias.room_id IS 'Null while the room is being created: its ID is not known before.';
COMMENT ON COLUMN room_alias.reserved_until IS 'Milliseconds since 1970.';

CREATE TABLE published_room (
    room_id      text COLLATE "C" PRIMARY KEY,
    published_ts bigint NOT NULL
);
COMMENT ON TABLE published_room IS 'Rooms in the published room directory. Retention: until taken out, or with the room.';
