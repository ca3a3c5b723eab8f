-- What is redacted is no longer unread: what a redaction takes from the running counts, by both positions.

CREATE TABLE unread_redaction (
    room_nid   bigint NOT NULL,
    target_pos log_position NOT NULL,
    pos        log_position NOT NULL,
    sender_nid bigint NOT NULL,
    notify     smallint NOT NULL,
    highlight  smallint NOT NULL,
    PRIMARY KEY (room_nid, target_pos)
);
COMMENT ON TABLE unread_redaction IS 'Events that are redacted, each once however often it is: what they had added to notif_seq and hl_seq counts no longer from pos on. Retention: with the redacted event.';
COMMENT ON COLUMN unread_redaction.target_pos IS 'Position of the redacted event.';
COMMENT ON COLUMN unread_redaction.pos IS 'Position of the first redaction that applies.';
COMMENT ON COLUMN unread_redaction.sender_nid IS 'Sender of the redacted event, for whom it never counted.';

CREATE FUNCTION append_unread_redaction(base bigint, rows jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO unread_redaction (room_nid, target_pos, pos, sender_nid, notify, highlight)
    SELECT DISTINCT ON (t.room_nid, t.pos) t.room_nid, t.pos, base + r.at, e.sender_nid,
           t.notif_seq - coalesce(p.notif_seq, 0), t.hl_seq - coalesce(p.hl_seq, 0)
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
    ON CONFLICT (room_nid, target_pos) DO NOTHING;
$$;
COMMENT ON FUNCTION append_unread_redaction IS 'Called by append, rows at the position of the redaction. With a domain, only what senders of that domain sent is redacted: who redacts has no power over others.';
