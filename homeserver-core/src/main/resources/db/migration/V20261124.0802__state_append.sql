-- What an append writes of the state: new versions of the main line, and the current state.

CREATE OR REPLACE FUNCTION append_state(base bigint, rows jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- A version on a line that is no longer the main line would be lost to every reader.
    IF EXISTS (
        SELECT FROM jsonb_to_recordset(rows) AS r(room_nid bigint, line integer, root text)
        WHERE r.line IS DISTINCT FROM (
            SELECT l.line FROM state_line l
            WHERE l.room_nid = r.room_nid AND l.from_pos IS NOT NULL
            ORDER BY l.from_pos DESC, l.line DESC LIMIT 1)
          AND NOT EXISTS (
            SELECT FROM jsonb_to_recordset(rows) AS o(room_nid bigint, line integer, root text)
            WHERE o.room_nid = r.room_nid AND o.line = r.line AND o.root IS NOT NULL))
    THEN
        RAISE EXCEPTION 'append_state: a row does not continue the main line of its room';
    END IF;

    WITH r AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset(rows) AS r(
            room_nid bigint, at bigint, line integer, ver integer, hash text, entries integer,
            size integer, root text, keys bigint[], events bigint[])
    ), changed AS MATERIALIZED (
        SELECT r.room_nid, r.at, r.line, r.ver, c.key_nid, c.event_nid
        FROM r CROSS JOIN LATERAL unnest(r.keys, r.events) AS c(key_nid, event_nid)
    ), newest AS MATERIALIZED (
        SELECT DISTINCT ON (room_nid, key_nid) room_nid, key_nid, event_nid
        FROM changed ORDER BY room_nid, key_nid, ver DESC
    ), new_line AS (
        INSERT INTO state_line (room_nid, line, depth, from_pos, partial)
        SELECT room_nid, line, 0, base + at, root = 'PARTIAL' FROM r WHERE root IS NOT NULL
    ), new_version AS (
        INSERT INTO state_version (room_nid, line, ver, hash, entries, size)
        SELECT room_nid, line, ver, decode(hash, 'hex'), entries, size FROM r
    ), new_entry AS (
        INSERT INTO state_entry (room_nid, line, key_nid, ver, event_nid, pos)
        SELECT room_nid, line, key_nid, ver, event_nid, base + at FROM changed
    ), gone AS (
        DELETE FROM room_state s USING newest n
        WHERE n.event_nid = 0 AND s.room_nid = n.room_nid AND s.key_nid = n.key_nid
    )
    INSERT INTO room_state (room_nid, key_nid, event_nid)
    SELECT room_nid, key_nid, event_nid FROM newest WHERE event_nid <> 0
    ON CONFLICT (room_nid, key_nid) DO UPDATE SET event_nid = excluded.event_nid;
END
$$;
COMMENT ON FUNCTION append_state IS 'Called by append: each row is a version of a main line, current from the position base + at, with keys[] and events[] (0: removed) of the same length. root is WHOLE or PARTIAL on the first version of a room''s line.';
