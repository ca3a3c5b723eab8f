package dev.lares.core.room;

import dev.lares.core.filter.EventFilter;
import dev.lares.core.id.EventId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Service;

/// Which events
/// [relate](https://spec.matrix.org/v1.19/client-server-api/#forming-relationships-between-events)
/// to which.
@Service
public class Relations {
    private final RelationRepository repository;

    Relations(RelationRepository repository) {
        this.repository = repository;
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
