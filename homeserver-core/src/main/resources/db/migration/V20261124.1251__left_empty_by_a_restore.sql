-- What a restore must not bring back is said where the table is described, and read from there: «Restore: left empty».

COMMENT ON TABLE login_token IS 'Tokens of m.login.token. Retention: until used once or expired; the next one made sweeps. Restore: left empty, since a token that was used after the backup would work again.';
COMMENT ON TABLE uia_session IS 'Stages of user-interactive authentication that were passed. A session without a passed stage has no row: its id carries all of it under a MAC. Retention: until the operation is done or the session expired; later ones sweep. Restore: left empty, since a session that ended after the backup would be open again.';
COMMENT ON TABLE setup_link IS 'Links with which the first administrator is made in a browser. Retention: until one is used or they expire; the next one made sweeps. Restore: left empty, the next start prints a new one where there is no administrator.';
