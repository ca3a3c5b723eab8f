package dev.lares.core.stateres;

import dev.lares.core.auth.EventAuthorizer;
import dev.lares.core.auth.PowerLevels;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.roomversion.RoomVersionRules.StateResolution;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// State resolution v2 and v2.1 a second time, sentence by sentence from the prose of [room version
/// 12](https://spec.matrix.org/v1.19/rooms/v12/#state-resolution) with sets and maps and without a
/// thought of cost, to compare the resolver with.
final class NaiveResolution {
    private final TestRoom room;
    private final List<Set<EventId>> states;
    private final Map<EventId, Set<EventId>> chains = new HashMap<>();
    private final Map<StateKey, EventId> partial = new HashMap<>();

    private NaiveResolution(TestRoom room, List<Set<EventId>> states) {
        this.room = room;
        this.states = states;
    }

    static Set<EventId> resolve(TestRoom room, List<Set<EventId>> states) {
        return new NaiveResolution(room, states).resolve();
    }

    private Set<EventId> resolve() {
        var unconflicted = unconflictedStateMap();
        var full = fullConflictedSet(unconflicted);
        if (room.version().rules().stateResolution() != StateResolution.V2_1) {
            partial.putAll(unconflicted);
        }
        // 1. All power events of the set, each with the events of its auth chain that are in the
        // set.
        var x = new HashSet<EventId>();
        for (var event : full) {
            if (isPowerEvent(room.events().get(event))) {
                x.add(event);
                authChain(event).stream().filter(full::contains).forEach(x::add);
            }
        }
        // 2.
        iterativeAuthChecks(reverseTopologicalPowerOrdering(x));
        // 3.
        var remaining = new HashSet<>(full);
        remaining.removeAll(x);
        var sorted =
                mainlineOrdering(remaining, partial.get(new StateKey("m.room.power_levels", "")));
        // 4.
        iterativeAuthChecks(sorted);
        // 5.
        partial.putAll(unconflicted);
        return new HashSet<>(partial.values());
    }

    /// Keys that are in every state with the same value.
    private Map<StateKey, EventId> unconflictedStateMap() {
        var result = new HashMap<StateKey, EventId>();
        for (var event : states.getFirst()) {
            if (states.stream().allMatch(state -> state.contains(event))) {
                result.put(room.key(event), event);
            }
        }
        return result;
    }

    private Set<EventId> fullConflictedSet(Map<StateKey, EventId> unconflicted) {
        var conflicted = new HashSet<EventId>();
        states.forEach(conflicted::addAll);
        conflicted.removeAll(unconflicted.values());
        var full = new HashSet<>(conflicted);
        full.addAll(authDifference());
        if (room.version().rules().stateResolution() == StateResolution.V2_1) {
            full.addAll(conflictedStateSubgraph(conflicted));
        }
        return full;
    }

    private Set<EventId> authDifference() {
        var fullChains = new ArrayList<Set<EventId>>();
        for (var state : states) {
            var chain = new HashSet<EventId>();
            state.forEach(event -> chain.addAll(authChain(event)));
            fullChains.add(chain);
        }
        var union = new HashSet<EventId>();
        fullChains.forEach(union::addAll);
        var intersection = new HashSet<>(fullChains.getFirst());
        fullChains.forEach(intersection::retainAll);
        union.removeAll(intersection);
        return union;
    }

    /// Everything on a path from one conflicted event to another.
    private Set<EventId> conflictedStateSubgraph(Set<EventId> conflicted) {
        var subgraph = new HashSet<EventId>();
        for (var from : conflicted) {
            for (var event : authChain(from)) {
                for (var to : conflicted) {
                    if (event.equals(to) || authChain(event).contains(to)) {
                        subgraph.add(event);
                    }
                }
            }
        }
        return subgraph;
    }

    private Set<EventId> authChain(EventId event) {
        var known = chains.get(event);
        if (known != null) {
            return known;
        }
        var chain = new HashSet<EventId>();
        for (var cited : room.events().get(event).authEvents()) {
            chain.add(cited);
            chain.addAll(authChain(cited));
        }
        chains.put(event, chain);
        return chain;
    }

    private static boolean isPowerEvent(Pdu event) {
        if (event.type().equals("m.room.power_levels")
                || event.type().equals("m.room.join_rules")) {
            return event.stateKey().isPresent();
        }
        return event.type().equals("m.room.member")
                && Set.of("leave", "ban").contains(event.content().path("membership").asString(""))
                && !event.stateKey().equals(Optional.of(event.sender().value()));
    }

    private List<EventId> reverseTopologicalPowerOrdering(Set<EventId> set) {
        var order =
                Comparator.<EventId>comparingLong(event -> -senderLevel(event))
                        .thenComparing(byTimeThenId());
        var remaining = new HashSet<>(set);
        var sorted = new ArrayList<EventId>();
        while (!remaining.isEmpty()) {
            var next =
                    remaining.stream()
                            .filter(e -> authChain(e).stream().noneMatch(remaining::contains))
                            .min(order)
                            .orElseThrow();
            sorted.add(next);
            remaining.remove(next);
        }
        return sorted;
    }

    private long senderLevel(EventId id) {
        var event = room.events().get(id);
        var cited = citedState(event, room.events().keySet());
        var create =
                room.version().rules().roomIdFromCreateEvent()
                        ? impliedCreate(event)
                        : Optional.ofNullable(cited.get(new StateKey("m.room.create", "")));
        var powerLevels = Optional.ofNullable(cited.get(new StateKey("m.room.power_levels", "")));
        return create.map(c -> PowerLevels.of(powerLevels, c).ofUser(event.sender())).orElseThrow();
    }

    private List<EventId> mainlineOrdering(Set<EventId> set, EventId powerLevels) {
        var mainline = powerLevels == null ? List.<EventId>of() : powerLevelsFrom(powerLevels);
        var positions = new HashMap<EventId, Double>();
        for (var event : set) {
            double position = Double.POSITIVE_INFINITY;
            var path = powerLevelsFrom(event);
            for (var cited : path.subList(1, path.size())) {
                if (mainline.contains(cited)) {
                    position = mainline.indexOf(cited);
                    break;
                }
            }
            positions.put(event, position);
        }
        var sorted = new ArrayList<>(set);
        sorted.sort(
                Comparator.<EventId>comparingDouble(event -> -positions.get(event))
                        .thenComparing(byTimeThenId()));
        return sorted;
    }

    /// The event, the power levels that it cites, those that these cite, and so on.
    private List<EventId> powerLevelsFrom(EventId event) {
        var path = new ArrayList<EventId>();
        var next = Optional.of(event);
        while (next.isPresent()) {
            path.add(next.get());
            next =
                    room.events().get(next.get()).authEvents().stream()
                            .filter(e -> room.events().get(e).is("m.room.power_levels", ""))
                            .findFirst();
        }
        return path;
    }

    private Comparator<EventId> byTimeThenId() {
        return Comparator.<EventId>comparingLong(e -> room.events().get(e).originServerTs())
                .thenComparing(
                        e -> e.value().getBytes(StandardCharsets.UTF_8),
                        java.util.Arrays::compareUnsigned);
    }

    private void iterativeAuthChecks(List<EventId> sorted) {
        for (var id : sorted) {
            var event = room.events().get(id);
            var accepted =
                    room.events().keySet().stream()
                            .filter(e -> !room.rejected().contains(e))
                            .collect(Collectors.toSet());
            var cited = citedState(event, accepted);
            var decision =
                    EventAuthorizer.check(
                            event,
                            key -> {
                                if (partial.containsKey(key)) {
                                    return Optional.of(room.events().get(partial.get(key)));
                                }
                                if (key.type().equals("m.room.create")
                                        && room.version().rules().roomIdFromCreateEvent()) {
                                    return impliedCreate(event);
                                }
                                return Optional.ofNullable(cited.get(key));
                            });
            if (decision.isAllowed()) {
                partial.put(TestRoom.key(event), id);
            }
        }
    }

    private Map<StateKey, Pdu> citedState(Pdu event, Set<EventId> among) {
        var cited = new LinkedHashMap<StateKey, Pdu>();
        for (var id : event.authEvents()) {
            if (among.contains(id)) {
                cited.putIfAbsent(room.key(id), room.events().get(id));
            }
        }
        return cited;
    }

    private Optional<Pdu> impliedCreate(Pdu event) {
        return Optional.ofNullable(
                room.events().get(new EventId("$" + event.roomId().value().substring(1))));
    }
}
