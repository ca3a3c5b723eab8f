-- The event layer: what an append writes and what its readers read. No foreign keys from log tables to hot rows.

CREATE DOMAIN log_position AS bigint;
COMMENT ON DOMAIN log_position IS 'A place in the one order of all that is durable; negative only for history that no sync shows.';

CREATE TABLE user_ref (
    user_nid bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id  text COLLATE "C" NOT NULL UNIQUE
);
COMMENT ON TABLE user_ref IS 'Internal numbers of user ids, local and remote. Interned before the append, outside its transaction. Retention: kept for ever.';

CREATE TABLE account (
    user_nid   bigint PRIMARY KEY,
    created_ts bigint NOT NULL
);
COMMENT ON TABLE account IS 'Accounts of this server. Locked by an append with rows of that user, as rooms are. Retention: kept, also after deactivation, so that a name is not given twice.';
COMMENT ON COLUMN account.created_ts IS 'Milliseconds since 1970.';

CREATE TABLE room (
    room_nid   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    room_id    text COLLATE "C" NOT NULL UNIQUE,
    version    text COLLATE "C" NOT NULL,
    epoch      integer NOT NULL DEFAULT 0,
    created_ts bigint NOT NULL
);
COMMENT ON TABLE room IS 'Rooms that this server knows. Locked by an append, never updated by one. Retention: until the room is purged.';
COMMENT ON COLUMN room.epoch IS 'Raised by purges and repairs; memory that was filled under an older one is thrown away.';

CREATE SEQUENCE event_nid_seq AS bigint CACHE 1;
COMMENT ON SEQUENCE event_nid_seq IS 'Internal numbers of events. Says nothing about order: positions do.';

CREATE TABLE event_ref (
    event_nid bigint PRIMARY KEY,
    room_nid  bigint,
    hash      bytea,
    legacy_id text COLLATE "C",
    CHECK ((hash IS NULL) <> (legacy_id IS NULL))
);
CREATE UNIQUE INDEX event_ref_hash ON event_ref (substring(hash FROM 1 FOR 16)) WHERE hash IS NOT NULL;
CREATE UNIQUE INDEX event_ref_legacy_id ON event_ref (legacy_id) WHERE legacy_id IS NOT NULL;
COMMENT ON TABLE event_ref IS 'Event ids and their internal numbers. Without a room: a placeholder for an event that others cite and whose verified body is not here. Retention: with the room; placeholders go when nothing cites them.';
COMMENT ON COLUMN event_ref.hash IS 'The 32 bytes of the reference hash (room version 3 and later). The index holds a prefix, so compare the whole.';
COMMENT ON COLUMN event_ref.legacy_id IS 'The id as text (room versions 1 and 2).';

CREATE TABLE event (
    room_nid   bigint NOT NULL,
    event_nid  bigint NOT NULL,
    type       text COLLATE "C" NOT NULL,
    sender_nid bigint NOT NULL,
    key_nid    bigint,
    depth      bigint NOT NULL,
    ts         bigint NOT NULL,
    prev_nids  bigint[] NOT NULL,
    auth_nids  bigint[] NOT NULL,
    state_line integer,
    state_ver  integer,
    flags      integer NOT NULL DEFAULT 0,
    json       bytea NOT NULL,
    PRIMARY KEY (room_nid, event_nid)
);
COMMENT ON TABLE event IS 'Bodies. Shown only once timeline has a row. Retention: with the room, or by its retention policy.';
COMMENT ON COLUMN event.key_nid IS 'state_key.key_nid; null for what is not state.';
COMMENT ON COLUMN event.depth IS 'The depth that the event itself claims.';
COMMENT ON COLUMN event.state_line IS 'With state_ver, the state before the event; null for outliers.';
COMMENT ON COLUMN event.flags IS 'Bits: 1 outlier, 2 soft-failed, 4 rejected, 8 content hash did not fit (json is redacted), 16 redacted by a later event.';
COMMENT ON COLUMN event.json IS 'Canonical JSON in the format of the room version (lax before version 6), without unsigned.';

CREATE TABLE timeline (
    room_nid  bigint NOT NULL,
    pos       log_position NOT NULL,
    event_nid bigint NOT NULL,
    depth     bigint NOT NULL,
    main_ver  integer NOT NULL,
    notif_seq integer NOT NULL,
    hl_seq    integer NOT NULL,
    ext_nids  bigint[] NOT NULL,
    PRIMARY KEY (room_nid, pos)
);
CREATE INDEX timeline_pos ON timeline (pos) WHERE pos > 0;
CREATE INDEX timeline_depth ON timeline (room_nid, depth, pos);
CREATE INDEX timeline_event ON timeline (room_nid, event_nid) WHERE event_nid <> 0;
COMMENT ON TABLE timeline IS 'The order of each room. Insert-only: its newest row is the room''s head. Retention: with the event; the newest row of a room stays.';
COMMENT ON COLUMN timeline.event_nid IS '0: the state changed without an event; readers of events skip the row.';
COMMENT ON COLUMN timeline.depth IS 'Our order for pagination: with pos the place in /messages. Live: max(the previous live row''s, the event''s).';
COMMENT ON COLUMN timeline.main_ver IS 'Version of the main line after the row.';
COMMENT ON COLUMN timeline.notif_seq IS 'How many events of the room so far notify by the default push rules.';
COMMENT ON COLUMN timeline.hl_seq IS 'How many so far highlight for everyone.';
COMMENT ON COLUMN timeline.ext_nids IS 'Forward extremities after the row.';

CREATE TABLE timeline_thread (
    room_nid  bigint NOT NULL,
    root_nid  bigint NOT NULL,
    pos       log_position NOT NULL,
    notif_seq integer NOT NULL,
    hl_seq    integer NOT NULL,
    PRIMARY KEY (room_nid, root_nid, pos)
);
COMMENT ON TABLE timeline_thread IS 'Running counts of each thread, a row for each of its events that counts. Insert-only. Retention: with the event.';

CREATE TABLE state_key (
    key_nid   bigint GENERATED ALWAYS AS IDENTITY,
    room_nid  bigint NOT NULL,
    type      text COLLATE "C" NOT NULL,
    state_key text COLLATE "C" NOT NULL,
    PRIMARY KEY (room_nid, key_nid),
    UNIQUE (room_nid, type, state_key)
);
COMMENT ON TABLE state_key IS 'Places in a room''s state, interned under the room''s lock. Retention: with the room.';

CREATE TABLE state_line (
    room_nid    bigint NOT NULL,
    line        integer NOT NULL,
    parent_line integer,
    parent_ver  integer,
    depth       smallint NOT NULL,
    from_pos    log_position,
    partial     boolean NOT NULL DEFAULT false,
    page        integer,
    PRIMARY KEY (room_nid, line)
);
CREATE INDEX state_line_root ON state_line (room_nid, from_pos) WHERE from_pos IS NOT NULL;
CREATE UNIQUE INDEX state_line_page ON state_line (room_nid, page) WHERE page IS NOT NULL;
COMMENT ON TABLE state_line IS 'Lines of state versions: the main line''s roots (from_pos is set) and side lines. Retention: collapsed by purges.';
COMMENT ON COLUMN state_line.depth IS 'How many parents stand above the line; 0 for roots.';
COMMENT ON COLUMN state_line.partial IS 'Set on roots only: memberships that the line does not name are unknown, not absent (a partial-state join).';
COMMENT ON COLUMN state_line.page IS 'Number of the page of backfilled history that starts on the line''s first version.';

CREATE TABLE state_entry (
    room_nid  bigint NOT NULL,
    line      integer NOT NULL,
    key_nid   bigint NOT NULL,
    ver       integer NOT NULL,
    event_nid bigint NOT NULL,
    pos       log_position,
    PRIMARY KEY (room_nid, line, key_nid, ver) INCLUDE (event_nid, pos)
);
CREATE INDEX state_entry_pos ON state_entry (room_nid, pos) WHERE pos IS NOT NULL;
CREATE INDEX state_entry_ver ON state_entry (room_nid, line, ver);
COMMENT ON TABLE state_entry IS 'Each change of state once: the key''s event from ver on. Retention: collapsed by purges.';
COMMENT ON COLUMN state_entry.event_nid IS '0: the key was removed.';
COMMENT ON COLUMN state_entry.pos IS 'Set on the main line only: when it became current state.';

CREATE TABLE state_version (
    room_nid bigint NOT NULL,
    line     integer NOT NULL,
    ver      integer NOT NULL,
    hash     bytea NOT NULL,
    entries  integer NOT NULL,
    size     integer NOT NULL,
    PRIMARY KEY (room_nid, line, ver)
);
CREATE INDEX state_version_hash ON state_version (room_nid, hash);
COMMENT ON TABLE state_version IS 'A keyed multiset hash of the whole state at each version: equal hashes need no resolution. Retention: with the line.';
COMMENT ON COLUMN state_version.entries IS 'Rows that the line holds up to this version.';
COMMENT ON COLUMN state_version.size IS 'Rows that a copy of the line at this version takes: keys present on a root, keys named on a side line.';

CREATE TABLE room_state (
    room_nid  bigint NOT NULL,
    key_nid   bigint NOT NULL,
    event_nid bigint NOT NULL,
    PRIMARY KEY (room_nid, key_nid) INCLUDE (event_nid)
);
COMMENT ON TABLE room_state IS 'Current state for set-based queries; newer than any token, so never what a sync answers from. Retention: with the room.';

CREATE TABLE append_batch (
    last_pos  log_position PRIMARY KEY,
    first_pos log_position NOT NULL,
    batch_id  uuid NOT NULL UNIQUE,
    rooms     bigint[] NOT NULL,
    users     bigint[] NOT NULL,
    streams   text[] NOT NULL,
    kind      text COLLATE "C" NOT NULL DEFAULT 'batch' CHECK (kind IN ('batch', 'epoch'))
);
COMMENT ON TABLE append_batch IS 'The committed head is max(last_pos). Retention: pruned after a day, but never the newest row.';
COMMENT ON COLUMN append_batch.kind IS 'epoch: the log was moved on after a promotion or a restore; only such a row follows with a gap.';

CREATE TABLE log_epoch (
    only_row          boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    system_identifier text NOT NULL,
    timeline          text NOT NULL,
    state_hash_key    bytea NOT NULL,
    token_key         bytea NOT NULL
);
COMMENT ON TABLE log_epoch IS 'Which database this log was last written on, and the secrets of this database: of the state hashes and of the tokens'' MACs. One row.';

CREATE TABLE transaction_answer (
    user_nid  bigint NOT NULL,
    scope     text COLLATE "C" NOT NULL,
    endpoint  text COLLATE "C" NOT NULL,
    txn_id    text COLLATE "C" NOT NULL,
    event_nid bigint,
    answer    text COLLATE "C",
    ts        bigint NOT NULL,
    PRIMARY KEY (user_nid, scope, endpoint, txn_id)
);
CREATE INDEX transaction_answer_event ON transaction_answer (event_nid) WHERE event_nid IS NOT NULL;
CREATE INDEX transaction_answer_ts ON transaction_answer (ts);
COMMENT ON TABLE transaction_answer IS 'Requests that were carried out, so that a repetition gets the first answer. Retention: 24 hours.';
COMMENT ON COLUMN transaction_answer.scope IS 'The device, or the token where there is none.';

CREATE TABLE lease (
    name     text COLLATE "C" PRIMARY KEY,
    holder   uuid NOT NULL,
    epoch    bigint NOT NULL,
    until_ts timestamptz NOT NULL
);
COMMENT ON TABLE lease IS 'Who does singleton work. Time is the database''s; each takeover raises epoch, and every write of the holder checks it. Retention: one row a piece of work.';

CREATE TABLE reader_cursor (
    reader text COLLATE "C" PRIMARY KEY,
    pos    log_position NOT NULL
);
COMMENT ON TABLE reader_cursor IS 'How far each reader of the log has come. Retention: one row a reader.';

CREATE TABLE reader_poison (
    reader text COLLATE "C" NOT NULL,
    pos    log_position NOT NULL,
    error  text NOT NULL,
    ts     bigint NOT NULL,
    PRIMARY KEY (reader, pos)
);
COMMENT ON TABLE reader_poison IS 'Items that a reader could not handle, set aside so that they block no others. Retention: until an operator removes them.';
