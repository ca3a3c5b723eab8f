-- The published room directory of each domain, and what it shows of its rooms.

ALTER TABLE published_room
    ADD COLUMN domain text COLLATE "C",
    ADD COLUMN room_nid bigint;

-- So far rooms were published as they were created: in their creator's domain.
UPDATE published_room p
SET room_nid = r.room_nid,
    domain = substring(u.user_id FROM position(':' IN u.user_id) + 1)
FROM room r
JOIN state_key k ON k.room_nid = r.room_nid AND k.type = 'm.room.create' AND k.state_key = ''
JOIN room_state s ON s.room_nid = k.room_nid AND s.key_nid = k.key_nid
JOIN event e ON e.room_nid = s.room_nid AND e.event_nid = s.event_nid
JOIN user_ref u ON u.user_nid = e.sender_nid
WHERE r.room_id = p.room_id;

DELETE FROM published_room WHERE room_nid IS NULL;

ALTER TABLE published_room
    DROP CONSTRAINT published_room_pkey,
    DROP COLUMN room_id,
    ALTER COLUMN domain SET NOT NULL,
    ALTER COLUMN room_nid SET NOT NULL,
    ADD PRIMARY KEY (domain, room_nid);

CREATE INDEX published_room_room ON published_room (room_nid);
COMMENT ON TABLE published_room IS 'Rooms in the published room directory of one of our domains. Retention: until taken out, or with the room.';
COMMENT ON COLUMN published_room.published_ts IS 'Milliseconds since 1970.';

CREATE TABLE room_listing (
    room_nid        bigint PRIMARY KEY,
    counted_pos     log_position NOT NULL,
    described_pos   log_position NOT NULL,
    joined          integer NOT NULL,
    listable        boolean NOT NULL,
    name            text,
    topic           text,
    canonical_alias text,
    avatar_url      text,
    join_rule       text COLLATE "C" NOT NULL,
    world_readable  boolean NOT NULL,
    guest_can_join  boolean NOT NULL,
    room_type       text COLLATE "C",
    search_text     text NOT NULL
);
COMMENT ON TABLE room_listing IS 'What directories show of their rooms, renewed behind the log, so that no request counts members. Retention: as long as a directory shows the room.';
COMMENT ON COLUMN room_listing.counted_pos IS 'joined is the number of members as of this position.';
COMMENT ON COLUMN room_listing.described_pos IS 'The rest is from the state as of this position or later.';
COMMENT ON COLUMN room_listing.listable IS 'Whether strangers may come in, knock or read: others are not shown, though they are published.';
COMMENT ON COLUMN room_listing.search_text IS 'Name, topic and alias, compatibility-normalised and in lower case.';
