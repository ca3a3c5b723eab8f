package dev.lares.core.room;

import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// Reads events in batches, one statement each, always scoped by room: the ID or number of another
/// room's event finds nothing. Says nothing of who may see them.
@Service
public class EventReader {
    private final EventRepository repository;

    EventReader(EventRepository repository) {
        this.repository = repository;
    }

    /// Events by their internal numbers; those that are not there are missing.
    public Map<Long, StoredEvent> find(RoomRef room, Collection<Long> eventNids) {
        if (eventNids.isEmpty()) {
            return Map.of();
        }
        return repository.find(room, eventNids).stream()
                .collect(Collectors.toMap(StoredEvent::nid, Function.identity()));
    }

    /// Events of many rooms by their internal numbers, in one statement; those that are not there
    /// are missing.
    public Map<Long, StoredEvent> find(Map<RoomRef, ? extends Collection<Long>> eventNids) {
        if (eventNids.values().stream().allMatch(Collection::isEmpty)) {
            return Map.of();
        }
        return repository.find(eventNids).stream()
                .collect(Collectors.toMap(StoredEvent::nid, Function.identity(), (a, b) -> a));
    }

    /// An event by its ID, outliers and rejected ones included.
    public Optional<StoredEvent> find(RoomRef room, EventId eventId) {
        return Optional.ofNullable(findByIds(room, List.of(eventId)).get(eventId));
    }

    /// The room of an event whose body we have, for who knows nothing but its ID. Whether somebody
    /// may see it is to be asked of that room.
    public Optional<RoomId> findRoom(EventId eventId) {
        return repository.findRoom(eventId);
    }

    /// Events of many rooms by their IDs, in one statement for the rooms of versions whose IDs are
    /// hashes and one for each of the others; those that are not there are missing.
    public Map<RoomRef, List<StoredEvent>> findByIds(
            Map<RoomRef, ? extends Collection<EventId>> eventIds) {
        var found = new HashMap<RoomRef, List<StoredEvent>>();
        var byHash = new HashMap<RoomRef, Collection<EventId>>();
        eventIds.forEach((room, ids) -> {
            if (!ids.isEmpty()) {
                switch (room.version().rules().eventIds()) {
                    case EXPLICIT -> found.put(room, List.copyOf(findByIds(room, ids).values()));
                    case HASH, URL_SAFE_HASH -> byHash.put(room, ids);
                }
            }
        });
        if (!byHash.isEmpty()) {
            repository
                    .findByHashes(byHash)
                    .forEach((room, events) ->
                            found.put(
                                    room,
                                    events.stream()
                                            .filter(event ->
                                                    byHash.getOrDefault(room, List.of())
                                                            .contains(event.eventId()))
                                            .toList()));
        }
        return found;
    }

    /// Events by their IDs; those that are not there are missing.
    public Map<EventId, StoredEvent> findByIds(RoomRef room, Collection<EventId> eventIds) {
        if (eventIds.isEmpty()) {
            return Map.of();
        }
        var wanted = Set.copyOf(eventIds);
        return repository.findByIds(room, wanted).stream()
                .filter(event -> wanted.contains(event.eventId()))
                .collect(Collectors.toMap(StoredEvent::eventId, Function.identity()));
    }
}
