-- Messages to single devices, until the device has them. What deletes a device deletes its messages.

CREATE TABLE to_device (
    user_nid   bigint NOT NULL,
    device_id  text COLLATE "C" NOT NULL,
    pos        log_position NOT NULL,
    sender_nid bigint NOT NULL,
    type       text COLLATE "C" NOT NULL,
    content    text NOT NULL,
    PRIMARY KEY (user_nid, device_id, pos)
);
COMMENT ON TABLE to_device IS 'Messages to devices of local users. Retention: until the device acknowledges them with its next token, at most with the device.';
COMMENT ON COLUMN to_device.content IS 'JSON.';

CREATE FUNCTION append_to_device(base bigint, rows jsonb) RETURNS void LANGUAGE sql AS $$
    -- The accounts are locked by the append, so that a device is either there or gone with all it had.
    INSERT INTO to_device (user_nid, device_id, pos, sender_nid, type, content)
    SELECT r.user_nid, d.device_id, base + r.at, r.sender_nid, r.type, r.content
    FROM jsonb_to_recordset(rows) AS r(user_nid bigint, device_id text, sender_nid bigint, type text, content text,
                                       at bigint)
    JOIN device d ON d.user_nid = r.user_nid AND (r.device_id IS NULL OR d.device_id = r.device_id);
$$;
COMMENT ON FUNCTION append_to_device IS 'Called by append for the stream to_device. Without a device_id it is for all devices of the user; for a device that there is not it is nothing.';

CREATE FUNCTION forget_to_device() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM to_device m USING gone g WHERE m.user_nid = g.user_nid AND m.device_id = g.device_id;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION forget_to_device IS 'Deletes the messages of devices that are deleted, whatever deletes them.';

CREATE TRIGGER device_forget_to_device AFTER DELETE ON device REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION forget_to_device();
