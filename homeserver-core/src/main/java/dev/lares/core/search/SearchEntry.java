package dev.lares.core.search;

import dev.lares.core.room.TimelineEvent;
import tools.jackson.databind.node.ObjectNode;

/// The words of an event.
///
/// @param tokens text of a `tsvector`
record SearchEntry(
        long eventNid,
        long roomNid,
        long pos,
        SearchKey key,
        long senderNid,
        long ts,
        String tokens) {
    /// Of one event; the rest is not searched.
    private static final int TOKENS_MAX = 5000;

    /// @param content of the event, or what an edit puts in its place
    static SearchEntry of(TimelineEvent row, SearchKey key, ObjectNode content) {
        var event = row.event();
        return new SearchEntry(
                event.nid(),
                event.roomNid(),
                row.pos(),
                key,
                event.senderNid(),
                event.pdu().originServerTs(),
                Lexemes.vector(event.roomNid(), TextTokens.of(key.text(content), TOKENS_MAX)));
    }
}
