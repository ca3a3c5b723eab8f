package dev.lares.core.relations;

import dev.lares.core.room.TimelineEvent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is bundled with an event, before it is written.
///
/// @param edit the newest that counts
/// @param latest the newest event of its thread
/// @param references oldest first
/// @param lastPos position of the newest relation that was looked at
record Aggregation(
        Optional<TimelineEvent> edit,
        Optional<TimelineEvent> latest,
        List<TimelineEvent> references,
        long lastPos) {
    Aggregation {
        references = List.copyOf(references);
    }

    boolean isEmpty() {
        return edit.isEmpty() && latest.isEmpty() && references.isEmpty();
    }

    /// All events that it shows.
    Stream<TimelineEvent> shown() {
        return Stream.of(edit.stream(), latest.stream(), references.stream())
                .flatMap(events -> events);
    }
}
