-- What the retention rules need to be carried out, and the rules of tables that had none or another.

ALTER TABLE device_change ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX device_change_created ON device_change (created_at);
COMMENT ON COLUMN device_change.created_at IS 'When its transaction began, by the database; only for pruning.';

COMMENT ON TABLE typing IS 'Who is typing until when. Not logged: empty after a crash of the database means nobody. Retention: one row a user and room, removed an hour after its end.';
COMMENT ON COLUMN typing.until_ts IS 'Milliseconds since 1970; negative: stopped at that time.';

COMMENT ON TABLE log_epoch IS 'Which database this log was last written on, and the secrets of this database: of the state hashes and of the tokens'' MACs. Retention: one row, kept for ever.';
COMMENT ON TABLE event_ref IS 'Event ids and their internal numbers. Without a room: a placeholder for an event that others cite and whose verified body is not here. Retention: with the room; placeholders with the events that cite them.';
COMMENT ON TABLE push_exception IS 'Where the verdict for one user differs from the running counts of the room: what is added to (or taken from) notif_seq and hl_seq by the event at pos. Retention: until the user has read past it, in threads past it in the thread and in the main timeline.';
