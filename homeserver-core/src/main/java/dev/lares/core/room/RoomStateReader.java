package dev.lares.core.room;

import dev.lares.core.event.StateKey;
import dev.lares.core.log.Position;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Reads the state of rooms: as it is now, newer than any token, or as it was at a position.
@Service
public class RoomStateReader {
    private final RoomStateRepository repository;
    private final EventReader events;

    RoomStateReader(RoomStateRepository repository, EventReader events) {
        this.repository = repository;
        this.events = events;
    }

    public Optional<StoredEvent> find(RoomRef room, String type, String stateKey) {
        return repository.findCurrent(room, List.of(new StateKey(type, stateKey))).stream()
                .findFirst();
    }

    /// Current events at those places; a place without one is missing.
    public Map<StateKey, StoredEvent> find(RoomRef room, Collection<StateKey> keys) {
        return byKey(repository.findCurrent(room, keys));
    }

    /// The whole current state.
    public List<StoredEvent> findAll(RoomRef room) {
        return repository.findCurrent(room);
    }

    /// The current state events of one type.
    public List<StoredEvent> findType(RoomRef room, String type) {
        return repository.findCurrent(room, type);
    }

    /// Events that stood at those places at a position; a place without one is missing.
    public Map<StateKey, StoredEvent> findAt(RoomRef room, Position at, Collection<StateKey> keys) {
        return byKey(events.find(room, repository.findNidsAt(room, at, keys)).values());
    }

    /// The whole state at a position.
    public List<StoredEvent> findAllAt(RoomRef room, Position at) {
        var nids = repository.findNidsAt(room, at);
        var found = events.find(room, nids);
        return nids.stream()
                .map(nid ->
                        Objects.requireNonNull(
                                found.get(nid),
                                () -> "state_entry names event " + nid + ", which is missing"))
                .toList();
    }

    private static Map<StateKey, StoredEvent> byKey(Collection<StoredEvent> states) {
        var byKey = new HashMap<StateKey, StoredEvent>();
        for (var state : states) {
            byKey.put(
                    new StateKey(state.pdu().type(), state.pdu().stateKey().orElseThrow()), state);
        }
        return byKey;
    }
}
