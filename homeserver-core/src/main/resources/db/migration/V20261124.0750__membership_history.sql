-- Who was what in which room, since when: rooms of a user for sync, members of a room for fan-out, and
-- who shares a room with whom for device lists.

CREATE TABLE membership (
    user_nid   bigint NOT NULL,
    room_nid   bigint NOT NULL,
    pos        log_position NOT NULL,
    event_nid  bigint NOT NULL,
    membership text COLLATE "C" NOT NULL CHECK (membership IN ('join', 'invite', 'knock', 'leave', 'ban')),
    PRIMARY KEY (user_nid, room_nid, pos) INCLUDE (event_nid, membership)
);
CREATE INDEX membership_room ON membership (room_nid, pos);
COMMENT ON TABLE membership IS 'Each change of a membership in a room''s current state, local and remote users, insert-only: the newest row ≤ p says what it was at p. Retention: collapsed to the newest row of a user and room by purges.';
COMMENT ON COLUMN membership.event_nid IS '0: the member event was removed from the state.';

CREATE FUNCTION append_membership(base bigint, rows jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO membership (user_nid, room_nid, pos, event_nid, membership)
    SELECT r.user_nid, r.room_nid, base + r.at, r.event_nid, r.membership
    FROM jsonb_to_recordset(rows) AS r(user_nid bigint, room_nid bigint, at bigint, event_nid bigint, membership text);
$$;
COMMENT ON FUNCTION append_membership IS 'Called by append: rows of the stream membership, one for each change of an m.room.member in the current state, at the position of the timeline row that made it.';
