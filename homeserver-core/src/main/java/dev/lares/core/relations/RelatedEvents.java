package dev.lares.core.relations;

import dev.lares.core.room.EventReader;
import dev.lares.core.room.Place;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.room.TimelinePager.Direction;
import dev.lares.core.room.TimelinePager.Stretch;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Service;

/// The events that relate to one, whoever may see them.
@Service
public class RelatedEvents {
    private static final Stretch WHOLE = new Stretch(Direction.BACKWARD, Place.END, Place.START);

    private final RelationPlaceRepository repository;
    private final EventReader events;

    RelatedEvents(RelationPlaceRepository repository, EventReader events) {
        this.repository = repository;
        this.events = events;
    }

    /// Those that the timeline shows, that are not redacted, and that keep the rules of their
    /// relation, newest first.
    ///
    /// @param relTypes of the relations; `*` for all
    /// @param limit most that are looked at
    public List<StoredEvent> find(
            RoomRef room, StoredEvent parent, Set<String> relTypes, int limit) {
        var children =
                repository
                        .findBackward(
                                room,
                                List.of(parent.eventId()),
                                RelationFilter.ALL,
                                Set.of(),
                                WHOLE,
                                limit)
                        .stream()
                        .filter(child ->
                                relTypes.contains("*") || relTypes.contains(child.relType()))
                        .toList();
        var bodies = events.find(room, children.stream().map(Child::eventNid).toList());
        return children.stream()
                .filter(child -> {
                    var body = bodies.get(child.eventNid());
                    return body != null && Aggregations.isValid(parent, body, child.relType());
                })
                .map(child -> bodies.get(child.eventNid()))
                .filter(Objects::nonNull)
                .toList();
    }
}
