-- Pages of history: their events are stored before, and one append makes them visible.

CREATE FUNCTION append_history(base bigint, rows jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    page record;
    upper_depth bigint;
    upper_pos bigint;
    lower_depth bigint;
    last_pos bigint;
    shown record;
BEGIN
    FOR page IN
        SELECT * FROM jsonb_to_recordset(rows) AS r(room_nid bigint, before_nid bigint, events bigint[])
    LOOP
        SELECT t.depth, t.pos INTO STRICT upper_depth, upper_pos FROM timeline t
        WHERE t.room_nid = page.room_nid AND t.event_nid = page.before_nid;

        SELECT t.depth INTO lower_depth FROM timeline t
        WHERE t.room_nid = page.room_nid AND (t.depth, t.pos) < (upper_depth, upper_pos)
        ORDER BY t.depth DESC, t.pos DESC LIMIT 1;

        SELECT least(t.pos, 0) INTO STRICT last_pos FROM timeline t
        WHERE t.room_nid = page.room_nid ORDER BY t.pos LIMIT 1;

        FOR shown IN
            SELECT e.event_nid, e.depth
            FROM unnest(page.events) WITH ORDINALITY AS n(event_nid, ordinal)
            JOIN event e ON e.room_nid = page.room_nid AND e.event_nid = n.event_nid
            WHERE NOT EXISTS (
                SELECT FROM timeline t WHERE t.room_nid = page.room_nid AND t.event_nid = n.event_nid)
            ORDER BY n.ordinal
        LOOP
            -- Between its neighbours: not above what came before it here, and above the row below the page.
            upper_depth := least(upper_depth, greatest(shown.depth, coalesce(lower_depth + 1, shown.depth)));
            last_pos := last_pos - 1;
            INSERT INTO timeline (room_nid, pos, event_nid, depth, main_ver, notif_seq, hl_seq, ext_nids)
            VALUES (page.room_nid, last_pos, shown.event_nid, upper_depth, 0, 0, 0, '{}');
        END LOOP;
    END LOOP;
END
$$;
COMMENT ON FUNCTION append_history IS 'Called by append: shows events that are stored, newest first, before the event before_nid. Their positions are the room''s own, downwards below 0, and their depths lie between their neighbours''; the batch has a position all the same.';
