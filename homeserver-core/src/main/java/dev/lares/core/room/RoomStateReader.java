package dev.lares.core.room;

import dev.lares.core.event.StateKey;
import dev.lares.core.log.Position;
import dev.lares.core.state.StateEntry;
import dev.lares.core.state.StateReader;
import dev.lares.core.state.StateRef;
import dev.lares.core.state.StateSelection;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;

/// Reads the events of a room's state: as it is now, newer than any token, or as it was at a
/// position.
@Service
public class RoomStateReader {
    private final StateReader states;
    private final EventReader events;

    RoomStateReader(StateReader states, EventReader events) {
        this.states = states;
        this.events = events;
    }

    /// The current event at a place.
    public Optional<StoredEvent> find(RoomRef room, String type, String stateKey) {
        var key = new StateKey(type, stateKey);
        return Optional.ofNullable(find(room, List.of(key)).get(key));
    }

    /// Current events at those places; a place without one is missing.
    public Map<StateKey, StoredEvent> find(RoomRef room, Collection<StateKey> keys) {
        return byKey(find(room, new StateSelection.Keys(Set.copyOf(keys))));
    }

    /// The current state, or a part of it.
    public List<StoredEvent> find(RoomRef room, StateSelection selection) {
        return load(room, states.current(List.of(room.roomNid()), selection));
    }

    /// The current state of many rooms, or a part of it, in two statements; a room of which nothing
    /// is found is missing.
    public Map<RoomRef, List<StoredEvent>> find(
            Collection<RoomRef> rooms, StateSelection selection) {
        var byNid = new HashMap<Long, RoomRef>();
        rooms.forEach(room -> byNid.put(room.roomNid(), room));
        var nids = new HashMap<RoomRef, List<Long>>();
        states.current(byNid.keySet(), selection)
                .forEach((nid, entries) ->
                        nids.put(
                                Objects.requireNonNull(byNid.get(nid)),
                                entries.stream().map(StateEntry::eventNid).toList()));
        var found = events.find(nids);
        var states = new HashMap<RoomRef, List<StoredEvent>>();
        nids.forEach((room, wanted) ->
                states.put(room, wanted.stream().map(nid -> existing(found, nid)).toList()));
        return states;
    }

    /// Events that stood at those places at a position; a place without one is missing.
    public Map<StateKey, StoredEvent> findAt(RoomRef room, Position at, Collection<StateKey> keys) {
        return byKey(findAt(room, at, new StateSelection.Keys(Set.copyOf(keys))));
    }

    /// The state at a position, or a part of it.
    public List<StoredEvent> findAt(RoomRef room, Position at, StateSelection selection) {
        return load(room, states.stateAt(List.of(room.roomNid()), at, selection));
    }

    /// The state before an event, or a part of it; nothing for outliers.
    public List<StoredEvent> findBefore(RoomRef room, StoredEvent event, StateSelection selection) {
        if (!event.hasState()) {
            return List.of();
        }
        var ref = new StateRef(event.stateLine(), event.stateVer());
        return load(room, states.state(room.roomNid(), ref, selection));
    }

    private List<StoredEvent> load(RoomRef room, Map<Long, List<StateEntry>> entries) {
        return load(room, entries.getOrDefault(room.roomNid(), List.of()));
    }

    private List<StoredEvent> load(RoomRef room, List<StateEntry> entries) {
        var nids = entries.stream().map(StateEntry::eventNid).toList();
        var found = events.find(room, nids);
        return nids.stream().map(nid -> existing(found, nid)).toList();
    }

    private static StoredEvent existing(Map<Long, StoredEvent> found, long nid) {
        return Objects.requireNonNull(
                found.get(nid), () -> "The state names event " + nid + ", which is missing");
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
