package dev.lares.core.log;

import dev.lares.core.id.EventId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What became of a [ReceivedItem].
public sealed interface ReceivedResult {
    /// Every event is durable, or is known not to be kept.
    ///
    /// @param position of the last row; the applied position of this replica has reached it
    /// @param outcomes in the order of the item
    /// @param extremities how many events of the room no other one cites
    record Landed(Position position, Map<EventId, ReceivedOutcome> outcomes, int extremities)
            implements ReceivedResult {
        public Landed {
            outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
        }
    }

    /// Events are cited that are not in the room: nothing was changed. The caller gets them, prev
    /// events to receive them first, auth events as outliers at least, and tries again.
    record Missing(Set<EventId> prevEvents, Set<EventId> authEvents) implements ReceivedResult {
        public Missing {
            prevEvents = Set.copyOf(prevEvents);
            authEvents = Set.copyOf(authEvents);
        }
    }
}
