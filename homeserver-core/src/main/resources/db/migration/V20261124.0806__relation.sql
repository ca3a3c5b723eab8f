-- Which events relate to which. Filled by a trigger in the append's own transaction, so that two requests of
-- one user see each other's.

CREATE TABLE relation (
    room_nid   bigint NOT NULL,
    target_id  text COLLATE "C" NOT NULL,
    rel_type   text COLLATE "C" NOT NULL,
    event_nid  bigint NOT NULL,
    sender_nid bigint NOT NULL,
    type       text COLLATE "C" NOT NULL,
    key        text COLLATE "C",
    PRIMARY KEY (room_nid, target_id, rel_type, event_nid)
);
COMMENT ON TABLE relation IS 'Relations (m.relates_to with a rel_type and an event_id) by the event id that they name; the target may come later or never. Retention: with the relating event.';
COMMENT ON COLUMN relation.type IS 'Type of the relating event.';
COMMENT ON COLUMN relation.key IS 'The key of an annotation.';

CREATE FUNCTION event_relation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    relates json;
BEGIN
    relates := convert_from(NEW.json, 'UTF8')::json #> '{content,m.relates_to}';
    IF json_typeof(relates) = 'object'
       AND json_typeof(relates -> 'rel_type') = 'string' AND octet_length(relates ->> 'rel_type') <= 255
       AND json_typeof(relates -> 'event_id') = 'string' AND octet_length(relates ->> 'event_id') <= 255
    THEN
        INSERT INTO relation (room_nid, target_id, rel_type, event_nid, sender_nid, type, key)
        VALUES (NEW.room_nid, relates ->> 'event_id', relates ->> 'rel_type', NEW.event_nid, NEW.sender_nid,
                NEW.type, CASE WHEN json_typeof(relates -> 'key') = 'string' THEN relates ->> 'key' END)
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
EXCEPTION
    -- JSON allows escapes (NUL, lone surrogates) that PostgreSQL refuses: such an event relates to nothing.
    WHEN untranslatable_character OR invalid_text_representation THEN
        RETURN NULL;
END;
$$;
COMMENT ON FUNCTION event_relation IS 'Notes what an event relates to, for every event with an m.relates_to that is stored.';

CREATE TRIGGER event_relation AFTER INSERT ON event
    FOR EACH ROW WHEN (NEW.flags & 7 = 0 AND position('"m.relates_to":'::bytea IN NEW.json) > 0)
    EXECUTE FUNCTION event_relation();
