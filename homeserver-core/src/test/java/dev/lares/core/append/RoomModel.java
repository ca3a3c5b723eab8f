package dev.lares.core.append;

import dev.lares.core.auth.AuthEventsCheck;
import dev.lares.core.auth.EventAuthorizer;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.room.RoomRef;
import dev.lares.core.stateres.TestRoom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// The whole graph of a room with the state before and after each event, found out the plain way:
/// whole states, resolved over all events there are.
final class RoomModel {
    private static final StateKey CREATE = new StateKey("m.room.create", "");

    private final RoomRef room;
    private final Map<EventId, Pdu> events = new LinkedHashMap<>();
    private final Map<EventId, Map<StateKey, EventId>> before = new HashMap<>();
    private final Map<EventId, Map<StateKey, EventId>> after = new HashMap<>();
    private final Set<EventId> rejected = new HashSet<>();
    private final Set<EventId> leaves = new LinkedHashSet<>();

    RoomModel(RoomRef room) {
        this.room = room;
    }

    RoomRef room() {
        return room;
    }

    /// Adds an event whose prev and auth events were added.
    void add(Pdu pdu) {
        events.put(pdu.eventId(), pdu);
        var state = resolve(pdu.prevEvents());
        before.put(pdu.eventId(), state);
        if (isRejected(pdu, state)) {
            rejected.add(pdu.eventId());
        } else {
            leaves.removeAll(pdu.prevEvents());
            leaves.add(pdu.eventId());
        }
        var changed = new HashMap<>(state);
        if (pdu.isState() && !rejected.contains(pdu.eventId())) {
            changed.put(new StateKey(pdu.type(), pdu.stateKey().orElseThrow()), pdu.eventId());
        }
        after.put(pdu.eventId(), changed);
    }

    boolean wouldReject(Pdu pdu) {
        return isRejected(pdu, resolve(pdu.prevEvents()));
    }

    private boolean isRejected(Pdu pdu, Map<StateKey, EventId> state) {
        var create =
                events.values().stream().filter(event -> event.is("m.room.create", "")).findFirst();
        var byCited =
                AuthEventsCheck.check(
                        pdu,
                        pdu.authEvents().stream().map(this::get).toList(),
                        auth -> rejected.contains(auth.eventId()),
                        create);
        return !byCited.isAllowed()
                || !EventAuthorizer.check(
                                pdu, key -> Optional.ofNullable(state.get(key)).map(this::get))
                        .isAllowed();
    }

    /// What the states after these events resolve to.
    Map<StateKey, EventId> resolve(Collection<EventId> of) {
        var states = new ArrayList<Map<StateKey, EventId>>();
        for (var event : of) {
            var state = after(event);
            if (!states.contains(state)) {
                states.add(state);
            }
        }
        if (states.isEmpty()) {
            return Map.of();
        }
        if (states.size() == 1) {
            return states.getFirst();
        }
        List<Set<EventId>> sets =
                states.stream()
                        .map(state -> Set.copyOf(state.values()))
                        .collect(Collectors.toList());
        var resolved =
                new TestRoom(room.version(), events.values(), rejected)
                        .resolve(sets, new Random(events.size()));
        return resolved.stream().collect(Collectors.toMap(id -> key(get(id)), id -> id));
    }

    private static StateKey key(Pdu pdu) {
        return new StateKey(pdu.type(), pdu.stateKey().orElseThrow());
    }

    Pdu get(EventId eventId) {
        var event = events.get(eventId);
        if (event == null) {
            throw new AssertionError(eventId + " is not in the model");
        }
        return event;
    }

    boolean contains(EventId eventId) {
        return events.containsKey(eventId);
    }

    Collection<Pdu> events() {
        return events.values();
    }

    /// Events that no accepted one cites.
    List<Pdu> leaves() {
        return leaves.stream().map(this::get).toList();
    }

    boolean isRejected(EventId eventId) {
        return rejected.contains(eventId);
    }

    Map<StateKey, EventId> before(EventId eventId) {
        return before.getOrDefault(eventId, Map.of());
    }

    Map<StateKey, EventId> after(EventId eventId) {
        var state = after.get(eventId);
        if (state == null) {
            throw new AssertionError(eventId + " is not in the model");
        }
        return state;
    }

    /// As [#resolve], the events themselves.
    Map<StateKey, Pdu> stateOn(Collection<Pdu> prevs) {
        var found = new HashMap<StateKey, Pdu>();
        resolve(prevs.stream().map(Pdu::eventId).toList())
                .forEach((key, event) -> found.put(key, get(event)));
        return found;
    }
}
