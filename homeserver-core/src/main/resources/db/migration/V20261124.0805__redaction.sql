-- Which events redact which. Filled by a trigger in the append's own transaction, whoever sent the event, so
-- that a reader sees the redaction together with its effect.

CREATE TABLE redaction (
    room_nid      bigint NOT NULL,
    target_id     text COLLATE "C" NOT NULL,
    redaction_nid bigint NOT NULL,
    PRIMARY KEY (room_nid, target_id, redaction_nid)
);
COMMENT ON TABLE redaction IS 'Redactions by the event id that they name; the target may come later or never. Retention: with the redaction''s event.';
COMMENT ON COLUMN redaction.target_id IS 'As the event says it, at the top level or in its content; which of them counts is for the room version to say.';

CREATE FUNCTION event_redaction() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- Escapes are taken out first: PostgreSQL refuses some that JSON allows (NUL, lone surrogates), and no
    -- event id holds any. json, not jsonb, which refuses numbers that it cannot hold.
    doc json := regexp_replace(convert_from(NEW.json, 'UTF8'), '\\(u[0-9a-fA-F]{4}|.)', '_', 'g')::json;
BEGIN
    INSERT INTO redaction (room_nid, target_id, redaction_nid)
    SELECT DISTINCT NEW.room_nid, place.value #>> '{}', NEW.event_nid
    FROM (VALUES (doc -> 'redacts'), (doc #> '{content,redacts}')) AS place(value)
    WHERE json_typeof(place.value) = 'string' AND octet_length(place.value #>> '{}') <= 255
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END;
$$;
COMMENT ON FUNCTION event_redaction IS 'Notes what a redaction names, for every m.room.redaction that is stored.';

CREATE TRIGGER event_redaction AFTER INSERT ON event
    FOR EACH ROW WHEN (NEW.type = 'm.room.redaction' AND NEW.flags & 7 = 0)
    EXECUTE FUNCTION event_redaction();
