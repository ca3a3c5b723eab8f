-- Token buckets that all replicas draw from, a few tokens at a time.

CREATE UNLOGGED TABLE rate_limit (
    limit_name text COLLATE "C" NOT NULL,
    subject    text COLLATE "C" NOT NULL,
    tokens     double precision NOT NULL,
    granted    integer NOT NULL,
    filled_at  timestamptz NOT NULL,
    full_at    timestamptz NOT NULL,
    PRIMARY KEY (limit_name, subject)
);
CREATE INDEX rate_limit_full ON rate_limit (full_at);
COMMENT ON TABLE rate_limit IS 'Token buckets of rate limits. Unlogged: a crash of the database lets everybody start anew. Retention: a bucket that is full again is deleted by whoever draws the next thousandth time.';
COMMENT ON COLUMN rate_limit.limit_name IS 'The limit, such as MESSAGE.';
COMMENT ON COLUMN rate_limit.subject IS 'Whom it bounds: a user ID, an address or a room ID, as the limit says.';
COMMENT ON COLUMN rate_limit.tokens IS 'How many were left at filled_at.';
COMMENT ON COLUMN rate_limit.granted IS 'How many the last statement gave out.';
COMMENT ON COLUMN rate_limit.full_at IS 'When the bucket is full again if nobody draws.';
