-- Rooms that were replaced by others, and what moves with them.

CREATE TABLE room_upgrade (
    pos          log_position PRIMARY KEY,
    old_room_nid bigint NOT NULL,
    new_room_nid bigint NOT NULL,
    user_nid     bigint NOT NULL
);
CREATE INDEX room_upgrade_old ON room_upgrade (old_room_nid);
COMMENT ON TABLE room_upgrade IS 'Upgrades of rooms that local users carried out. Retention: with the old room.';

CREATE FUNCTION append_room_upgrade(base bigint, rows jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO room_upgrade (pos, old_room_nid, new_room_nid, user_nid)
    SELECT base + r.at, r.old_room_nid, r.new_room_nid, r.user_nid
    FROM jsonb_to_recordset(rows) AS r(at bigint, old_room_nid bigint, new_room_nid bigint, user_nid bigint);

    UPDATE room_alias a
    SET room_id = n.room_id
    FROM jsonb_to_recordset(rows) AS r(old_room_nid bigint, new_room_nid bigint)
    JOIN room o ON o.room_nid = r.old_room_nid
    JOIN room n ON n.room_nid = r.new_room_nid
    WHERE a.room_id = o.room_id;

    INSERT INTO published_room (domain, room_nid, published_ts)
    SELECT p.domain, r.new_room_nid, p.published_ts
    FROM jsonb_to_recordset(rows) AS r(old_room_nid bigint, new_room_nid bigint)
    JOIN published_room p ON p.room_nid = r.old_room_nid
    ON CONFLICT (domain, room_nid) DO NOTHING;

    DELETE FROM published_room p
    USING jsonb_to_recordset(rows) AS r(old_room_nid bigint)
    WHERE p.room_nid = r.old_room_nid;
END
$$;
COMMENT ON FUNCTION append_room_upgrade IS 'Called by append: the item that closes the old room with its tombstone. Its aliases and its places in directories go to the new room in the same moment: some rows, by their indexes.';
