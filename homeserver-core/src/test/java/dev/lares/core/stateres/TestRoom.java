package dev.lares.core.stateres;

import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.roomversion.RoomVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// The events of one room, and what the resolver under test makes of states of it.
public final class TestRoom {
    private final RoomVersion version;
    private final Map<EventId, Pdu> events;
    private final Set<EventId> rejected;

    public TestRoom(RoomVersion version, Collection<Pdu> events, Set<EventId> rejected) {
        this.version = version;
        this.events = new HashMap<>();
        events.forEach(event -> this.events.put(event.eventId(), event));
        this.rejected = new HashSet<>(rejected);
    }

    RoomVersion version() {
        return version;
    }

    Map<EventId, Pdu> events() {
        return events;
    }

    Set<EventId> rejected() {
        return rejected;
    }

    /// Resolves with events, keys and states numbered at random; asks for no event that the
    /// resolver did not name before.
    public Set<EventId> resolve(List<Set<EventId>> states, Random random) {
        var shuffled = new ArrayList<>(events.values());
        Collections.shuffle(shuffled, random);
        var ids = new HashMap<EventId, Long>();
        shuffled.forEach(event -> ids.put(event.eventId(), 1000L + ids.size() * 7L));
        Collections.shuffle(shuffled, random);
        var byId = new HashMap<Long, Pdu>();
        var builder = AuthGraph.builder();
        for (var event : shuffled) {
            long id = ids.get(event.eventId());
            byId.put(id, event);
            builder.add(
                    id,
                    event.authEvents().stream().mapToLong(ids::get).toArray(),
                    event.is("m.room.power_levels", "")
                            ? AuthGraph.Kind.POWER_LEVELS
                            : AuthGraph.Kind.OTHER,
                    rejected.contains(event.eventId())
                            ? AuthGraph.Verdict.REJECTED
                            : AuthGraph.Verdict.ACCEPTED);
        }
        var graph = builder.build();
        var keys = StateKeys.counting();
        var maps = new ArrayList<StateMap>();
        for (var state : states) {
            var entries = new ArrayList<>(state);
            Collections.shuffle(entries, random);
            maps.add(
                    StateMap.of(
                            entries.stream().mapToInt(e -> keys.number(key(e))).toArray(),
                            entries.stream().mapToInt(e -> graph.number(ids.get(e))).toArray()));
        }
        Collections.shuffle(maps, random);

        var conflict = StateConflict.of(version, graph, maps);
        var loaded = new HashMap<Integer, Pdu>();
        for (int number : conflict.fullConflictedSet()) {
            loaded.put(number, byId.get(graph.id(number)));
        }
        for (int number : StateResolver.alsoNeeded(conflict, keys, loaded::get)) {
            loaded.put(number, byId.get(graph.id(number)));
        }
        var resolved =
                StateResolver.resolve(
                        conflict,
                        keys,
                        number -> {
                            var event = loaded.get(number);
                            if (event == null) {
                                throw new IllegalStateException("Not named as needed: " + number);
                            }
                            return event;
                        });

        var result = new HashSet<EventId>();
        for (int i = 0; i < resolved.size(); i++) {
            result.add(byId.get(graph.id(resolved.event(i))).eventId());
        }
        return result;
    }

    StateKey key(EventId id) {
        return key(events.get(id));
    }

    static StateKey key(Pdu event) {
        return new StateKey(event.type(), event.stateKey().orElseThrow());
    }
}
