-- What messages, names and topics say, for search. Filled behind the log.

CREATE TABLE search_entry (
    event_nid  bigint PRIMARY KEY,
    room_nid   bigint NOT NULL,
    pos        log_position NOT NULL,
    key        text COLLATE "C" NOT NULL,
    sender_nid bigint NOT NULL,
    ts         bigint NOT NULL,
    tokens     tsvector NOT NULL
);
CREATE INDEX search_entry_tokens ON search_entry USING gin (tokens);
CREATE INDEX search_entry_place ON search_entry (room_nid, pos);
COMMENT ON TABLE search_entry IS 'The words of events that can be searched, as their newest edit has them. Written by the reader search.index, so some time behind the log; holds nothing that the log does not. Retention: until the event is redacted, or with it.';
COMMENT ON COLUMN search_entry.pos IS 'Position of the event.';
COMMENT ON COLUMN search_entry.key IS 'Where the text stands: content.body, content.name or content.topic.';
COMMENT ON COLUMN search_entry.ts IS 'origin_server_ts of the event, by which results are recent.';
COMMENT ON COLUMN search_entry.tokens IS 'Words as ICU breaks them, folded; Chinese, Japanese and Korean character by character, so that any part of a sentence is found as a phrase. With them #<room_nid>, by which the index finds the words of a room.';
