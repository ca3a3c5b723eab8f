-- Where a room's history ends or has a hole.

CREATE TABLE room_gap (
    room_nid    bigint NOT NULL,
    missing_nid bigint NOT NULL,
    citing_nid  bigint NOT NULL,
    PRIMARY KEY (room_nid, missing_nid, citing_nid)
);
COMMENT ON TABLE room_gap IS 'Prev events without a place in the room''s graph, and the placed events that cite them: from here history is fetched. Retention: until the missing event has its place, or with the room.';
