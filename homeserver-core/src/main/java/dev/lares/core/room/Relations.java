package dev.lares.core.room;

import dev.lares.core.filter.EventFilter;
import dev.lares.core.id.EventId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;

/// Which events
/// [relate](https://spec.matrix.org/v1.19/client-server-api/#forming-relationships-between-events)
/// to which.
@Service
public class Relations {
    private static final String THREAD = "m.thread";

    /// How many relations are followed from an event to its thread, as the specification advises.
    private static final int HOPS_MAX = 3;

    private final RelationRepository repository;
    private final EventPlaces events;

    Relations(RelationRepository repository, EventPlaces events) {
        this.repository = repository;
        this.events = events;
    }

    /// The root of the thread that an event is in ([threads](
    /// https://spec.matrix.org/v1.19/client-server-api/#threading)): that which it names, or which
    /// the event that it relates to is in. Absent for the main timeline, to which the root itself
    /// belongs.
    public Optional<EventId> findThreadRoot(RoomRef room, EventPlace event) {
        var at = Optional.of(event);
        for (int hop = 0; hop < HOPS_MAX && at.isPresent(); hop++) {
            var related = repository.findTarget(room.roomNid(), at.get().eventNid());
            var target = related.flatMap(one -> EventId.find(one.target()));
            if (target.isPresent() && related.get().relType().equals(THREAD)) {
                return target;
            }
            at = target.flatMap(id -> events.find(room, id));
        }
        return Optional.empty();
    }

    /// Whether an event relates to another one, but by being a rich reply.
    public boolean relates(RoomRef room, EventPlace event) {
        return repository.findTarget(room.roomNid(), event.eventNid()).isPresent();
    }

    /// Internal numbers of the newest annotations of that event which one user sent with the same
    /// type and key.
    public List<Long> findAnnotations(
            RoomRef room, EventId target, long senderNid, String type, String key, int limit) {
        return repository.findAnnotations(room.roomNid(), target, senderNid, type, key, limit);
    }

    /// Those of the events that others relate to as the filter asks.
    Set<EventId> findRelated(RoomRef room, Collection<EventId> targets, EventFilter filter) {
        return repository.findRelated(
                room.roomNid(), targets, filter.relatedByRelTypes(), filter.relatedBySenders());
    }
}
