-- Tokens that prove to another service who somebody is.

CREATE TABLE openid_token (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    user_nid   bigint NOT NULL,
    expires_ts bigint NOT NULL
);
CREATE INDEX openid_token_expires ON openid_token (expires_ts);
COMMENT ON TABLE openid_token IS 'Tokens of the OpenID API, by SHA-256. Retention: until they expire, an hour after they were made. Restore: left empty, since the account may be deactivated meanwhile.';
