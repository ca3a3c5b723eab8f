-- Deactivation that also takes away what can be taken away.

ALTER TABLE account ADD COLUMN erased boolean NOT NULL DEFAULT false;
CREATE INDEX account_erased ON account (user_nid) WHERE erased;
COMMENT ON COLUMN account.erased IS 'The owner wanted to be erased: who was not in a room when they sent something gets it without its content.';

CREATE OR REPLACE FUNCTION append_account_change(base bigint, rows jsonb) RETURNS void LANGUAGE plpgsql AS $$
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
            DELETE FROM login_token WHERE user_nid = r.user_nid;
            IF r.flag THEN
                UPDATE account SET erased = true WHERE user_nid = r.user_nid;
                DELETE FROM profile_field WHERE user_nid = r.user_nid;
                DELETE FROM account_data WHERE user_nid = r.user_nid;
                DELETE FROM user_filter WHERE user_nid = r.user_nid;
            END IF;
        END CASE;
    END LOOP;
END
$$;
