CREATE TABLE signing_key (
    domain     text COLLATE "C" NOT NULL,
    key_id     text COLLATE "C" NOT NULL,
    seed       bytea NOT NULL,
    created_ts bigint NOT NULL,
    expired_ts bigint,
    PRIMARY KEY (domain, key_id)
);
CREATE UNIQUE INDEX signing_key_current ON signing_key (domain) WHERE expired_ts IS NULL;
COMMENT ON TABLE signing_key IS 'The keys with which the hosted domains sign, shared by all replicas; secret. Retention: kept for ever, since old events are verified with old keys.';
COMMENT ON COLUMN signing_key.seed IS 'The 32 bytes of the private Ed25519 key.';
COMMENT ON COLUMN signing_key.expired_ts IS 'Milliseconds since 1970; null: signs today. One key a domain does.';
