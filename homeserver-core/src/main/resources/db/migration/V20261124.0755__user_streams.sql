-- Streams that belong to users: account data, receipts, typing, filters, and the push verdicts that differ
-- from the running counts of a room.

CREATE TABLE account_data (
    user_nid bigint NOT NULL,
    room_nid bigint NOT NULL,
    type     text COLLATE "C" NOT NULL,
    pos      log_position NOT NULL,
    content  text NOT NULL,
    PRIMARY KEY (user_nid, room_nid, type)
);
CREATE INDEX account_data_pos ON account_data (user_nid, pos);
COMMENT ON TABLE account_data IS 'Account data, tags included, the newest content of each type. Retention: with the account.';
COMMENT ON COLUMN account_data.room_nid IS '0: global account data.';

CREATE FUNCTION append_account_data(base bigint, rows jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO account_data (user_nid, room_nid, type, pos, content)
    SELECT DISTINCT ON (r.user_nid, r.room_nid, r.type) r.user_nid, r.room_nid, r.type, base + r.at, r.content
    FROM jsonb_to_recordset(rows) AS r(user_nid bigint, room_nid bigint, type text, content text, at bigint)
    ORDER BY r.user_nid, r.room_nid, r.type, r.at DESC
    ON CONFLICT (user_nid, room_nid, type) DO UPDATE SET pos = excluded.pos, content = excluded.content;
$$;
COMMENT ON FUNCTION append_account_data IS 'Called by append for the stream account_data.';

CREATE TABLE receipt (
    room_nid     bigint NOT NULL,
    user_nid     bigint NOT NULL,
    receipt_type text COLLATE "C" NOT NULL CHECK (receipt_type IN ('m.read', 'm.read.private')),
    thread_id    text COLLATE "C" NOT NULL,
    event_nid    bigint NOT NULL,
    event_pos    log_position NOT NULL,
    ts           bigint NOT NULL,
    pos          log_position NOT NULL,
    PRIMARY KEY (room_nid, user_nid, receipt_type, thread_id)
);
CREATE INDEX receipt_pos ON receipt (room_nid, pos);
COMMENT ON TABLE receipt IS 'How far each user has read, by thread. Only moves forward. Retention: with the room.';
COMMENT ON COLUMN receipt.thread_id IS 'Empty: unthreaded; main; or the event id of a thread''s root.';
COMMENT ON COLUMN receipt.event_pos IS 'Position of the event that was read.';

CREATE FUNCTION append_receipt(base bigint, rows jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO receipt (room_nid, user_nid, receipt_type, thread_id, event_nid, event_pos, ts, pos)
    SELECT DISTINCT ON (r.room_nid, r.user_nid, r.receipt_type, r.thread_id)
           r.room_nid, r.user_nid, r.receipt_type, r.thread_id, r.event_nid, r.event_pos, r.ts, base + r.at
    FROM jsonb_to_recordset(rows) AS r(room_nid bigint, user_nid bigint, receipt_type text, thread_id text,
                                       event_nid bigint, event_pos bigint, ts bigint, at bigint)
    ORDER BY r.room_nid, r.user_nid, r.receipt_type, r.thread_id, r.event_pos DESC
    ON CONFLICT (room_nid, user_nid, receipt_type, thread_id) DO UPDATE
        SET event_nid = excluded.event_nid, event_pos = excluded.event_pos, ts = excluded.ts, pos = excluded.pos
        WHERE receipt.event_pos < excluded.event_pos;
$$;
COMMENT ON FUNCTION append_receipt IS 'Called by append for the stream receipt; a receipt that goes back changes nothing.';

CREATE UNLOGGED TABLE typing (
    room_nid bigint NOT NULL,
    user_nid bigint NOT NULL,
    until_ts bigint NOT NULL,
    pos      log_position NOT NULL,
    PRIMARY KEY (room_nid, user_nid)
);
CREATE INDEX typing_pos ON typing (room_nid, pos);
COMMENT ON TABLE typing IS 'Who is typing until when (milliseconds since 1970; 0: stopped). Not logged: empty after a crash of the database means nobody. Retention: one row a user and room, removed an hour after its end.';

CREATE FUNCTION append_typing(base bigint, rows jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO typing (room_nid, user_nid, until_ts, pos)
    SELECT DISTINCT ON (r.room_nid, r.user_nid) r.room_nid, r.user_nid, r.until_ts, base + r.at
    FROM jsonb_to_recordset(rows) AS r(room_nid bigint, user_nid bigint, until_ts bigint, at bigint)
    ORDER BY r.room_nid, r.user_nid, r.at DESC
    ON CONFLICT (room_nid, user_nid) DO UPDATE SET until_ts = excluded.until_ts, pos = excluded.pos;
$$;
COMMENT ON FUNCTION append_typing IS 'Called by append for the stream typing.';

CREATE TABLE push_exception (
    user_nid  bigint NOT NULL,
    room_nid  bigint NOT NULL,
    pos       log_position NOT NULL,
    root_nid  bigint NOT NULL,
    notify    smallint NOT NULL,
    highlight smallint NOT NULL,
    PRIMARY KEY (user_nid, room_nid, pos)
);
COMMENT ON TABLE push_exception IS 'Where the verdict for one user differs from the running counts of the room: what is added to (or taken from) notif_seq and hl_seq by the event at pos. Retention: until the user has read past it.';
COMMENT ON COLUMN push_exception.root_nid IS 'Root of the event''s thread; 0 in the main timeline.';

CREATE FUNCTION append_push_exception(base bigint, rows jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO push_exception (user_nid, room_nid, pos, root_nid, notify, highlight)
    SELECT r.user_nid, r.room_nid, base + r.at, r.root_nid, r.notify, r.highlight
    FROM jsonb_to_recordset(rows) AS r(user_nid bigint, room_nid bigint, root_nid bigint, notify smallint,
                                       highlight smallint, at bigint);
$$;
COMMENT ON FUNCTION append_push_exception IS 'Called by append, rows at the position of the timeline row that they concern.';

CREATE TABLE user_filter (
    user_nid  bigint NOT NULL,
    filter_id integer NOT NULL,
    hash      bytea NOT NULL,
    json      text NOT NULL,
    PRIMARY KEY (user_nid, filter_id),
    UNIQUE (user_nid, hash)
);
COMMENT ON TABLE user_filter IS 'Filters that clients have stored; the same filter is stored once. Retention: with the account.';

CREATE TABLE forgotten_room (
    user_nid bigint NOT NULL,
    room_nid bigint NOT NULL,
    pos      log_position NOT NULL,
    PRIMARY KEY (user_nid, room_nid)
);
COMMENT ON TABLE forgotten_room IS 'Rooms that a user has left and forgotten: nothing up to pos is shown again. Retention: until the user joins again.';

CREATE FUNCTION append_forgotten_room(base bigint, rows jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO forgotten_room (user_nid, room_nid, pos)
    SELECT DISTINCT ON (r.user_nid, r.room_nid) r.user_nid, r.room_nid, base + r.at
    FROM jsonb_to_recordset(rows) AS r(user_nid bigint, room_nid bigint, at bigint)
    ORDER BY r.user_nid, r.room_nid, r.at DESC
    ON CONFLICT (user_nid, room_nid) DO UPDATE SET pos = excluded.pos;
$$;
COMMENT ON FUNCTION append_forgotten_room IS 'Called by append for the stream forgotten_room.';
