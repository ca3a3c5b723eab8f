-- Accounts, devices and the tokens with which they sign in. Tokens are kept as SHA-256 only.

ALTER TABLE account
    ADD COLUMN password_hash  text COLLATE "C",
    ADD COLUMN admin          boolean NOT NULL DEFAULT false,
    ADD COLUMN guest          boolean NOT NULL DEFAULT false,
    ADD COLUMN deactivated_ts bigint,
    ADD COLUMN locked         boolean NOT NULL DEFAULT false,
    ADD COLUMN suspended      boolean NOT NULL DEFAULT false;
CREATE INDEX account_admin ON account (user_nid) WHERE admin AND deactivated_ts IS NULL;
COMMENT ON COLUMN account.password_hash IS '$argon2id$… of the NFKC form; $2?$… is an import (bcrypt with the pepper of the settings) until its owner next signs in; null: no password.';
COMMENT ON COLUMN account.deactivated_ts IS 'Milliseconds since 1970; null while the account lives.';

CREATE FUNCTION append_account_change(base bigint, rows jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    r record;
BEGIN
    -- One after another: a batch may hold several changes of one account.
    FOR r IN
        SELECT x.*
        FROM jsonb_to_recordset(rows) AS x(user_nid bigint, change text, password_hash text, flag boolean, ts bigint,
                                           at bigint)
        ORDER BY x.at
    LOOP
        CASE r.change
        WHEN 'password' THEN
            UPDATE account SET password_hash = r.password_hash
            WHERE user_nid = r.user_nid AND deactivated_ts IS NULL;
        WHEN 'admin' THEN
            UPDATE account SET admin = r.flag WHERE user_nid = r.user_nid AND deactivated_ts IS NULL;
        WHEN 'lock' THEN
            UPDATE account SET locked = r.flag WHERE user_nid = r.user_nid AND deactivated_ts IS NULL;
        WHEN 'suspend' THEN
            UPDATE account SET suspended = r.flag WHERE user_nid = r.user_nid AND deactivated_ts IS NULL;
        WHEN 'deactivate' THEN
            UPDATE account SET password_hash = NULL, admin = false, deactivated_ts = r.ts
            WHERE user_nid = r.user_nid AND deactivated_ts IS NULL;
        END CASE;
    END LOOP;
END
$$;
COMMENT ON FUNCTION append_account_change IS 'Called by append: rows of the stream account_change change the account itself, so that every replica hears of it. No table keeps them.';

CREATE TABLE device (
    user_nid             bigint NOT NULL,
    device_id            text COLLATE "C" NOT NULL,
    display_name         text,
    created_ts           bigint NOT NULL,
    last_seen_ts         bigint,
    last_seen_ip         text COLLATE "C",
    last_seen_user_agent text,
    PRIMARY KEY (user_nid, device_id)
);
COMMENT ON TABLE device IS 'Devices of local users. Retention: until the device is logged out or its user deactivated.';
COMMENT ON COLUMN device.last_seen_ts IS 'Milliseconds since 1970, written at most once a minute.';

CREATE TABLE device_change (
    user_nid   bigint NOT NULL,
    pos        log_position NOT NULL,
    change     text COLLATE "C" NOT NULL CHECK (change IN ('login', 'rename', 'delete')),
    device_ids text[] COLLATE "C" NOT NULL,
    PRIMARY KEY (user_nid, pos)
);
COMMENT ON TABLE device_change IS 'Each change of a local user''s list of devices, insert-only. Retention: 90 days, and always the newest row of a user.';

CREATE TABLE access_token (
    token_nid   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_hash  bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    user_nid    bigint NOT NULL,
    device_id   text COLLATE "C",
    created_ts  bigint NOT NULL,
    expires_ts  bigint,
    refresh_nid bigint,
    used        boolean NOT NULL DEFAULT false
);
CREATE INDEX access_token_device ON access_token (user_nid, device_id);
CREATE INDEX access_token_refresh ON access_token (refresh_nid) WHERE refresh_nid IS NOT NULL;
COMMENT ON TABLE access_token IS 'Access tokens. Retention: with the device; what expired goes when the device refreshes.';
COMMENT ON COLUMN access_token.device_id IS 'Null for tokens without a device.';
COMMENT ON COLUMN access_token.refresh_nid IS 'The refresh token given out with it; null where it cannot be refreshed.';
COMMENT ON COLUMN access_token.used IS 'Only kept for tokens that can be refreshed: its first use revokes the refresh token that it came from.';

CREATE TABLE refresh_token (
    refresh_nid   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_hash    bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    user_nid      bigint NOT NULL,
    device_id     text COLLATE "C" NOT NULL,
    created_ts    bigint NOT NULL,
    expires_ts    bigint,
    successor_nid bigint
);
CREATE INDEX refresh_token_device ON refresh_token (user_nid, device_id);
CREATE INDEX refresh_token_successor ON refresh_token (successor_nid) WHERE successor_nid IS NOT NULL;
COMMENT ON TABLE refresh_token IS 'Refresh tokens. Retention: until the first use of what they were changed for, at most with the device.';
COMMENT ON COLUMN refresh_token.successor_nid IS 'The refresh token that it was changed for and that nobody has used yet; changing it again replaces that one.';

CREATE FUNCTION append_device(base bigint, rows jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    r       record;
    gone    text[];
    refresh bigint;
BEGIN
    FOR r IN
        SELECT x.*
        FROM jsonb_to_recordset(rows) AS x(user_nid bigint, change text, device_ids text[], display_name text,
                                           ts bigint, access_hash text, access_expires_ts bigint, refresh_hash text,
                                           refresh_expires_ts bigint, at bigint)
        ORDER BY x.at
    LOOP
        CASE r.change
        WHEN 'login' THEN
            -- The account is locked by the append: a deactivation is either before or after, never beside it.
            CONTINUE WHEN NOT EXISTS (SELECT FROM account WHERE user_nid = r.user_nid AND deactivated_ts IS NULL);
            DELETE FROM access_token WHERE user_nid = r.user_nid AND device_id = r.device_ids[1];
            DELETE FROM refresh_token WHERE user_nid = r.user_nid AND device_id = r.device_ids[1];
            INSERT INTO device (user_nid, device_id, display_name, created_ts)
            VALUES (r.user_nid, r.device_ids[1], r.display_name, r.ts)
            ON CONFLICT (user_nid, device_id) DO NOTHING;
            refresh := NULL;
            IF r.refresh_hash IS NOT NULL THEN
                INSERT INTO refresh_token (token_hash, user_nid, device_id, created_ts, expires_ts)
                VALUES (decode(r.refresh_hash, 'hex'), r.user_nid, r.device_ids[1], r.ts, r.refresh_expires_ts)
                RETURNING refresh_nid INTO refresh;
            END IF;
            INSERT INTO access_token (token_hash, user_nid, device_id, created_ts, expires_ts, refresh_nid)
            VALUES (decode(r.access_hash, 'hex'), r.user_nid, r.device_ids[1], r.ts, r.access_expires_ts, refresh);
            gone := r.device_ids;
        WHEN 'rename' THEN
            UPDATE device SET display_name = r.display_name
            WHERE user_nid = r.user_nid AND device_id = r.device_ids[1];
            CONTINUE WHEN NOT FOUND;
            gone := r.device_ids;
        WHEN 'delete' THEN
            DELETE FROM access_token WHERE user_nid = r.user_nid AND device_id = ANY (r.device_ids);
            DELETE FROM refresh_token WHERE user_nid = r.user_nid AND device_id = ANY (r.device_ids);
            WITH d AS (
                DELETE FROM device WHERE user_nid = r.user_nid AND device_id = ANY (r.device_ids) RETURNING device_id
            ) SELECT array_agg(device_id) INTO gone FROM d;
        WHEN 'delete_others' THEN
            DELETE FROM access_token
            WHERE user_nid = r.user_nid AND (device_id IS NULL OR device_id <> ALL (r.device_ids));
            DELETE FROM refresh_token WHERE user_nid = r.user_nid AND device_id <> ALL (r.device_ids);
            WITH d AS (
                DELETE FROM device WHERE user_nid = r.user_nid AND device_id <> ALL (r.device_ids) RETURNING device_id
            ) SELECT array_agg(device_id) INTO gone FROM d;
        END CASE;
        CONTINUE WHEN gone IS NULL;
        INSERT INTO device_change (user_nid, pos, change, device_ids)
        VALUES (r.user_nid, base + r.at, CASE r.change WHEN 'delete_others' THEN 'delete' ELSE r.change END, gone);
    END LOOP;
END
$$;
COMMENT ON FUNCTION append_device IS 'Called by append: rows of the stream device. login gives a device new tokens and takes the old ones away; delete_others spares device_ids (empty: none).';

CREATE FUNCTION append_token_revocation(base bigint, rows jsonb) RETURNS void LANGUAGE sql AS $$
    DELETE FROM access_token t
    USING jsonb_to_recordset(rows) AS r(user_nid bigint, token_nid bigint)
    WHERE t.user_nid = r.user_nid AND t.token_nid = r.token_nid;
$$;
COMMENT ON FUNCTION append_token_revocation IS 'Called by append: rows of the stream token_revocation take single tokens away, those without a device above all. No table keeps them.';

CREATE TABLE login_token (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    user_nid   bigint NOT NULL,
    expires_ts bigint NOT NULL
);
CREATE INDEX login_token_expires ON login_token (expires_ts);
COMMENT ON TABLE login_token IS 'Tokens of m.login.token. Retention: until used once or expired; the next one made sweeps.';

CREATE TABLE server_secret (
    name   text COLLATE "C" PRIMARY KEY,
    secret bytea NOT NULL
);
COMMENT ON TABLE server_secret IS 'Random keys that all replicas share and that nobody chooses. Retention: kept for ever.';

CREATE TABLE registration_token (
    token_hash   bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    hint         text COLLATE "C" NOT NULL,
    uses_allowed integer CHECK (uses_allowed >= 0),
    completed    integer NOT NULL DEFAULT 0,
    expires_ts   bigint,
    created_ts   bigint NOT NULL
);
COMMENT ON TABLE registration_token IS 'Tokens with which accounts may be registered. Retention: until an administrator deletes them.';
COMMENT ON COLUMN registration_token.hint IS 'The first characters, so that an administrator knows it again.';
COMMENT ON COLUMN registration_token.uses_allowed IS 'Null: any number.';

CREATE TABLE uia_session (
    session_hash            bytea PRIMARY KEY CHECK (length(session_hash) = 32),
    completed               text[] COLLATE "C" NOT NULL,
    registration_token_hash bytea,
    expires_ts              bigint NOT NULL
);
CREATE INDEX uia_session_expires ON uia_session (expires_ts);
COMMENT ON COLUMN uia_session.registration_token_hash IS 'The token that the operation will use up.';
COMMENT ON TABLE uia_session IS 'Stages of user-interactive authentication that were passed. A session without a passed stage has no row: its id carries all of it under a MAC. Retention: until the operation is done or the session expired; later ones sweep.';

CREATE TABLE used_nonce (
    nonce_hash bytea PRIMARY KEY CHECK (length(nonce_hash) = 32),
    expires_ts bigint NOT NULL
);
CREATE INDEX used_nonce_expires ON used_nonce (expires_ts);
COMMENT ON TABLE used_nonce IS 'Nonces of the shared-secret registration that were used; those not used carry their time under a MAC. Retention: until they expire; later ones sweep.';

CREATE TABLE setup_link (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    expires_ts bigint NOT NULL
);
COMMENT ON TABLE setup_link IS 'Links with which the first administrator is made in a browser. Retention: until one is used or they expire; the next one made sweeps.';

CREATE TABLE profile_field (
    user_nid bigint NOT NULL,
    key      text COLLATE "C" NOT NULL,
    value    text,
    pos      log_position NOT NULL,
    PRIMARY KEY (user_nid, key)
);
COMMENT ON TABLE profile_field IS 'Profiles of local users. Retention: until the account is erased.';
COMMENT ON COLUMN profile_field.value IS 'JSON; null: the field was deleted.';
COMMENT ON COLUMN profile_field.pos IS 'When it last changed.';

CREATE FUNCTION append_profile(base bigint, rows jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    r record;
BEGIN
    FOR r IN
        SELECT x.*
        FROM jsonb_to_recordset(rows) AS x(user_nid bigint, key text, value text, size_max integer, at bigint)
        ORDER BY x.at
    LOOP
        -- Checked again here, under the lock of the account: two requests at once must not pass the bound together.
        CONTINUE WHEN r.value IS NOT NULL AND octet_length(r.key) + octet_length(r.value) + 4 + coalesce((
            SELECT sum(octet_length(f.key) + octet_length(f.value) + 4) FROM profile_field f
            WHERE f.user_nid = r.user_nid AND f.key <> r.key), 0) > r.size_max;
        INSERT INTO profile_field (user_nid, key, value, pos) VALUES (r.user_nid, r.key, r.value, base + r.at)
        ON CONFLICT (user_nid, key) DO UPDATE SET value = excluded.value, pos = excluded.pos;
    END LOOP;
END
$$;
COMMENT ON FUNCTION append_profile IS 'Called by append: rows of the stream profile. One that would make the profile too large changes nothing, which its writer sees by the position.';
