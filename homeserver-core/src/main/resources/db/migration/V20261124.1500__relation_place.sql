-- Relations at the places of their events: what pages of relations, threads and bundled aggregations are read from.

CREATE TABLE relation_place (
    room_nid   bigint NOT NULL,
    target_id  text COLLATE "C" NOT NULL,
    rel_type   text COLLATE "C" NOT NULL,
    depth      bigint NOT NULL,
    pos        log_position NOT NULL,
    event_nid  bigint NOT NULL,
    sender_nid bigint NOT NULL,
    type       text COLLATE "C" NOT NULL,
    ts         bigint NOT NULL,
    PRIMARY KEY (room_nid, target_id, rel_type, depth, pos)
);
CREATE INDEX relation_place_event ON relation_place (room_nid, event_nid);
CREATE INDEX relation_place_thread ON relation_place (room_nid, depth, pos) WHERE rel_type = 'm.thread';
COMMENT ON TABLE relation_place IS 'Relations of events that the timeline shows and that are not redacted, in the order of the timeline. Retention: until the relating event is redacted, or with it.';
COMMENT ON COLUMN relation_place.target_id IS 'As in relation: the event id that the relating event names.';
COMMENT ON COLUMN relation_place.depth IS 'With pos the place of the relating event, as in timeline.';
COMMENT ON COLUMN relation_place.type IS 'Type of the relating event.';
COMMENT ON COLUMN relation_place.ts IS 'origin_server_ts of the relating event, by which the newest edit is known.';

INSERT INTO relation_place (room_nid, target_id, rel_type, depth, pos, event_nid, sender_nid, type, ts)
SELECT r.room_nid, r.target_id, r.rel_type, t.depth, t.pos, r.event_nid, r.sender_nid, r.type, e.ts
FROM relation r
JOIN timeline t ON t.room_nid = r.room_nid AND t.event_nid = r.event_nid AND t.event_nid <> 0
JOIN event e ON e.room_nid = r.room_nid AND e.event_nid = r.event_nid
WHERE NOT EXISTS (SELECT FROM unread_redaction u WHERE u.room_nid = t.room_nid AND u.target_pos = t.pos)
ON CONFLICT DO NOTHING;

CREATE FUNCTION append_relation(base bigint, rows jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO relation_place (room_nid, target_id, rel_type, depth, pos, event_nid, sender_nid, type, ts)
    SELECT r.room_nid, r.target_id, r.rel_type, n.depth, base + n.at, r.event_nid, r.sender_nid, r.type, e.ts
    FROM jsonb_to_recordset(rows) AS n(room_nid bigint, at bigint, event_nid bigint, depth bigint)
    JOIN relation r ON r.event_nid = n.event_nid AND r.room_nid = n.room_nid
    JOIN event e ON e.room_nid = n.room_nid AND e.event_nid = n.event_nid
    -- A redaction in the same batch may have come first.
    WHERE NOT EXISTS (
        SELECT FROM unread_redaction u WHERE u.room_nid = n.room_nid AND u.target_pos = base + n.at)
    ON CONFLICT DO NOTHING;
$$;
COMMENT ON FUNCTION append_relation IS 'Called by append: events that relate to others, at the positions of their timeline rows. What they relate to is in the table relation, which their bodies filled before.';

CREATE OR REPLACE FUNCTION append_unread_redaction(base bigint, rows jsonb) RETURNS void LANGUAGE sql AS $$
    WITH gone AS MATERIALIZED (
        SELECT DISTINCT ON (t.room_nid, t.pos) t.room_nid, t.pos, base + r.at AS redacted_pos, e.event_nid,
               e.sender_nid, t.notif_seq - coalesce(p.notif_seq, 0) AS notify,
               t.hl_seq - coalesce(p.hl_seq, 0) AS highlight
        FROM jsonb_to_recordset(rows) AS r(room_nid bigint, at bigint, hash text, legacy_id text, domain text)
        JOIN event_ref f
          ON f.room_nid = r.room_nid
         AND (f.legacy_id = r.legacy_id
              OR (f.hash IS NOT NULL
                  AND substring(f.hash FROM 1 FOR 16) = substring(decode(r.hash, 'hex') FROM 1 FOR 16)
                  AND f.hash = decode(r.hash, 'hex')))
        JOIN timeline t ON t.room_nid = r.room_nid AND t.event_nid = f.event_nid
        JOIN event e ON e.room_nid = r.room_nid AND e.event_nid = f.event_nid
        JOIN user_ref u ON u.user_nid = e.sender_nid
        LEFT JOIN LATERAL (
            SELECT b.notif_seq, b.hl_seq FROM timeline b
            WHERE b.room_nid = t.room_nid AND b.pos < t.pos
            ORDER BY b.pos DESC LIMIT 1) p ON true
        WHERE r.domain IS NULL OR substring(u.user_id FROM position(':' IN u.user_id) + 1) = r.domain
        ORDER BY t.room_nid, t.pos, r.at
    ), unrelated AS (
        DELETE FROM relation_place p USING gone g WHERE p.room_nid = g.room_nid AND p.event_nid = g.event_nid
    )
    INSERT INTO unread_redaction (room_nid, target_pos, pos, sender_nid, notify, highlight)
    SELECT room_nid, pos, redacted_pos, sender_nid, notify, highlight FROM gone
    ON CONFLICT (room_nid, target_pos) DO NOTHING;
$$;
COMMENT ON FUNCTION append_unread_redaction IS 'Called by append, rows at the position of the redaction. With a domain, only what senders of that domain sent is redacted: who redacts has no power over others. What is redacted relates to nothing any more.';

CREATE OR REPLACE FUNCTION append_history(base bigint, rows jsonb) RETURNS void LANGUAGE plpgsql AS $$
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

        INSERT INTO relation_place (room_nid, target_id, rel_type, depth, pos, event_nid, sender_nid, type, ts)
        SELECT r.room_nid, r.target_id, r.rel_type, t.depth, t.pos, r.event_nid, r.sender_nid, r.type, e.ts
        FROM unnest(page.events) AS n(event_nid)
        JOIN relation r ON r.event_nid = n.event_nid AND r.room_nid = page.room_nid
        JOIN timeline t ON t.room_nid = page.room_nid AND t.event_nid = n.event_nid
        JOIN event e ON e.room_nid = page.room_nid AND e.event_nid = n.event_nid
        ON CONFLICT DO NOTHING;
    END LOOP;
END
$$;
