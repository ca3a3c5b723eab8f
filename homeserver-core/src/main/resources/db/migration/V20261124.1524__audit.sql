-- What administrators did, written with what it did.

CREATE TABLE audit (
    pos       log_position PRIMARY KEY,
    ts        bigint NOT NULL,
    actor_nid bigint NOT NULL,
    action    text COLLATE "C" NOT NULL,
    target    text COLLATE "C" NOT NULL
);
COMMENT ON TABLE audit IS 'What administrators did to whom or what. Retention: kept for ever.';
COMMENT ON COLUMN audit.ts IS 'Milliseconds since 1970.';
COMMENT ON COLUMN audit.target IS 'The Matrix ID that it was done to.';

CREATE FUNCTION append_audit(base bigint, rows jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO audit (pos, ts, actor_nid, action, target)
    SELECT base + r.at, r.ts, r.actor_nid, r.action, r.target
    FROM jsonb_to_recordset(rows) AS r(ts bigint, actor_nid bigint, action text, target text, at bigint);
$$;
COMMENT ON FUNCTION append_audit IS 'Called by append for the stream audit: an entry is there exactly when what it tells of is.';
