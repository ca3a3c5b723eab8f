-- What clients were told on their sliding-sync connections.

CREATE TABLE sliding_connection (
    user_nid bigint NOT NULL,
    device   text COLLATE "C" NOT NULL,
    conn_id  text COLLATE "C" NOT NULL,
    epoch    bigint NOT NULL,
    serial   integer NOT NULL,
    parent   integer NOT NULL,
    sent     bytea NOT NULL,
    used_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_nid, device, conn_id, epoch, serial)
);
CREATE INDEX sliding_connection_used ON sliding_connection (used_at);
COMMENT ON TABLE sliding_connection IS 'Which rooms a client was told of on a connection, up to where and with which configuration. Written only where that changes, not for what is told live. Retention: 30 days after the last use (which is noted once a day), at most ten connections a device and five rows a connection.';
COMMENT ON COLUMN sliding_connection.device IS 'device: and the device''s id, or token: and the token''s number.';
COMMENT ON COLUMN sliding_connection.epoch IS 'Random; tells a connection from those before it with the same name.';
COMMENT ON COLUMN sliding_connection.serial IS 'Random; the answer whose token carries it.';
COMMENT ON COLUMN sliding_connection.parent IS 'Serial of the token that the answer was built on; 0 for the first.';
COMMENT ON COLUMN sliding_connection.sent IS 'Written and read by SentRoomsCodec.';
