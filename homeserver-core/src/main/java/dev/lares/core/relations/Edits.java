package dev.lares.core.relations;

import dev.lares.core.log.Position;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.room.TimelineEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// The newest [edits](https://spec.matrix.org/v1.19/client-server-api/#event-replacements) of
/// events, whoever may see them.
@Service
public class Edits {
    private static final Position NEWEST = new Position(Long.MAX_VALUE);

    private final Aggregations aggregations;

    Edits(Aggregations aggregations) {
        this.aggregations = aggregations;
    }

    /// By the edited events' internal numbers; events without one, and redacted ones, are missing.
    public Map<Long, StoredEvent> findNewest(
            Map<RoomRef, ? extends Collection<StoredEvent>> events) {
        var found =
                aggregations.find(
                        events,
                        (room, children) ->
                                children.stream()
                                        .map(TimelineEvent::event)
                                        .filter(StoredEvent::isAccepted)
                                        .map(StoredEvent::nid)
                                        .collect(Collectors.toSet()),
                        Set.of(),
                        NEWEST);
        var edits = new HashMap<Long, StoredEvent>();
        found.forEach((nid, one) -> one.edit().ifPresent(edit -> edits.put(nid, edit.event())));
        return edits;
    }
}
