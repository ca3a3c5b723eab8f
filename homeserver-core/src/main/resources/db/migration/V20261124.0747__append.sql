-- The one way into the log. Numbers are given under a lock that ends with the transaction, so that they become
-- visible in their order and without holes. It is a function, because each statement inside sees a fresh snapshot.

CREATE FUNCTION append_event(base bigint, rows jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO timeline (room_nid, pos, event_nid, depth, main_ver, notif_seq, hl_seq, ext_nids)
    SELECT r.room_nid, base + r.at, r.event_nid, r.depth, r.main_ver, r.notif_seq, r.hl_seq, r.ext_nids
    FROM jsonb_to_recordset(rows) AS r(room_nid bigint, at bigint, event_nid bigint, depth bigint, main_ver integer,
                                       notif_seq integer, hl_seq integer, ext_nids bigint[]);
$$;
COMMENT ON FUNCTION append_event IS 'Called by append: rows of the stream event, the timeline. The bodies are inserted before.';

CREATE FUNCTION append_thread(base bigint, rows jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO timeline_thread (room_nid, root_nid, pos, notif_seq, hl_seq)
    SELECT r.room_nid, r.root_nid, base + r.at, r.notif_seq, r.hl_seq
    FROM jsonb_to_recordset(rows) AS r(room_nid bigint, root_nid bigint, at bigint, notif_seq integer, hl_seq integer);
$$;
COMMENT ON FUNCTION append_thread IS 'Called by append: running counts of threads, at the positions of the timeline rows that made them.';

CREATE FUNCTION append_state(base bigint, rows jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO state_entry (room_nid, line, key_nid, ver, event_nid, pos)
    SELECT r.room_nid, r.line, r.key_nid, r.ver, r.event_nid, base + r.at
    FROM jsonb_to_recordset(rows) AS r(room_nid bigint, line integer, key_nid bigint, ver integer, event_nid bigint, at bigint);

    INSERT INTO state_version (room_nid, line, ver, hash)
    SELECT DISTINCT r.room_nid, r.line, r.ver, decode(r.hash, 'hex')
    FROM jsonb_to_recordset(rows) AS r(room_nid bigint, line integer, ver integer, hash text);

    INSERT INTO room_state (room_nid, key_nid, event_nid)
    SELECT DISTINCT ON (r.room_nid, r.key_nid) r.room_nid, r.key_nid, r.event_nid
    FROM jsonb_to_recordset(rows) AS r(room_nid bigint, key_nid bigint, ver integer, event_nid bigint)
    ORDER BY r.room_nid, r.key_nid, r.ver DESC
    ON CONFLICT (room_nid, key_nid) DO UPDATE SET event_nid = excluded.event_nid;

    DELETE FROM room_state s
    USING jsonb_to_recordset(rows) AS r(room_nid bigint, key_nid bigint, event_nid bigint)
    WHERE r.event_nid = 0 AND s.room_nid = r.room_nid AND s.key_nid = r.key_nid AND s.event_nid = 0;
END
$$;
COMMENT ON FUNCTION append_state IS 'Called by append: changes of rooms'' current state, each the next version of the main line, at the position of the timeline row that made it.';

CREATE FUNCTION append(batch_id uuid, size integer, rooms bigint[], users bigint[], streams text[], rows jsonb[],
                       OUT first_pos bigint, OUT last_pos bigint)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    base bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(x'4C41524553'::bigint);
    SELECT coalesce(max(b.last_pos), 0) INTO base FROM append_batch b;
    FOR i IN 1 .. cardinality(streams) LOOP
        IF streams[i] = 'event' THEN
            PERFORM append_event(base, rows[i]); -- by far the most frequent: its plan is kept
        ELSE
            EXECUTE format('SELECT %I($1, $2)', 'append_' || streams[i]) USING base, rows[i];
        END IF;
    END LOOP;
    first_pos := base + 1;
    last_pos := base + size;
    INSERT INTO append_batch (last_pos, first_pos, batch_id, rooms, users, streams)
    VALUES (append.last_pos, append.first_pos, append.batch_id, append.rooms, append.users, append.streams);
    PERFORM pg_notify('lares_log', append.last_pos::text);
END
$$;
COMMENT ON FUNCTION append IS 'Gives the rows of a batch the next positions: base + at, at being 1 to size, the same base for all streams. Sent together with COMMIT, so that no client round trip holds the lock.';

CREATE FUNCTION append_epoch(now_system text, now_timeline text, beyond bigint) RETURNS bigint
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    head bigint;
    known log_epoch;
BEGIN
    PERFORM pg_advisory_xact_lock(x'4C41524553'::bigint);
    SELECT coalesce(max(b.last_pos), 0) INTO head FROM append_batch b;
    SELECT * INTO STRICT known FROM log_epoch;
    IF known.system_identifier = now_system AND known.timeline = now_timeline AND beyond <= head THEN
        RETURN head;
    END IF;
    UPDATE log_epoch SET system_identifier = now_system, timeline = now_timeline;
    head := greatest(head, beyond) + 4294967296;
    INSERT INTO append_batch (last_pos, first_pos, batch_id, rooms, users, streams, kind)
    VALUES (head, head, gen_random_uuid(), '{}', '{}', '{}', 'epoch');
    PERFORM pg_notify('lares_log', head::text);
    RETURN head;
END
$$;
COMMENT ON FUNCTION append_epoch IS 'Moves the log on by 2^32 where the database was promoted or restored, or where a genuine token is beyond the head: no position is ever given twice.';
