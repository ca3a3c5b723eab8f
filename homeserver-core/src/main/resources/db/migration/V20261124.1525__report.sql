-- What users report to the administrators.

CREATE TABLE report (
    report_nid   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ts           bigint NOT NULL,
    reporter_nid bigint NOT NULL,
    room_nid     bigint,
    event_nid    bigint,
    user_nid     bigint,
    reason       text,
    CHECK (num_nonnulls(room_nid, user_nid) = 1 AND (event_nid IS NULL OR room_nid IS NOT NULL))
);
COMMENT ON TABLE report IS 'Reports of events, rooms and users, newest last. Retention: until an administrator deletes them.';
COMMENT ON COLUMN report.ts IS 'Milliseconds since 1970.';
COMMENT ON COLUMN report.event_nid IS 'Null where the whole room was reported.';
COMMENT ON COLUMN report.user_nid IS 'The user who was reported; null where an event or a room was.';
