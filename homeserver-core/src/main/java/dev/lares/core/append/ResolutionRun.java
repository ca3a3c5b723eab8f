package dev.lares.core.append;

import dev.lares.core.append.LaneRepository.AuthRow;
import dev.lares.core.append.RoomResolver.Fresh;
import dev.lares.core.append.StateViews.Difference;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.room.RoomRef;
import dev.lares.core.state.StateEntry;
import dev.lares.core.stateres.AuthGraph;
import dev.lares.core.stateres.StateConflict;
import dev.lares.core.stateres.StateKeys;
import dev.lares.core.stateres.StateMap;
import dev.lares.core.stateres.StateResolver;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// One resolution: loads the auth graph of the states as arrays of ints, numbers all for the pure
/// algorithm, and reads what it gives.
final class ResolutionRun {
    private final RoomRef room;
    private final LaneRepository repository;
    private final LaneEvents events;
    private final List<StateView> views;
    private final Difference difference;
    private final Map<Long, Long> agreed = new HashMap<>();
    private final Map<Long, StateKey> keysByNid = new HashMap<>();
    private final Map<StateKey, Long> nidsByKey = new HashMap<>();
    private final Optional<Fresh> fresh;
    private final StateKeys numbers = StateKeys.counting();
    private final Map<Integer, Pdu> loaded = new HashMap<>();

    /// @param whole the stored part of the first view
    ResolutionRun(
            RoomRef room,
            LaneRepository repository,
            LaneEvents events,
            List<StateView> views,
            Difference difference,
            List<StateEntry> whole,
            Optional<Fresh> fresh) {
        this.room = room;
        this.repository = repository;
        this.events = events;
        this.views = views;
        this.difference = difference;
        this.fresh = fresh;
        for (var entry : whole) {
            name(entry.keyNid(), entry.key());
            if (!difference.keys().contains(entry.keyNid())) {
                agreed.put(entry.keyNid(), entry.eventNid());
            }
        }
        fresh.ifPresent(event -> name(event.keyNid(), event.key()));
        var nameless = new HashSet<>(difference.keys());
        nameless.removeAll(keysByNid.keySet());
        repository.findKeys(room, nameless).forEach(this::name);
    }

    private void name(long nid, StateKey key) {
        keysByNid.put(nid, key);
        nidsByKey.put(key, nid);
    }

    /// What stands at the places in which the states differ, and where else the result differs from
    /// all of them.
    Map<Long, Long> resolve() {
        var graph = graph();
        var states = views.stream().map(view -> state(view, graph)).toList();
        var conflict = StateConflict.of(room.version(), graph, states);
        load(graph, conflict.fullConflictedSet());
        load(graph, StateResolver.alsoNeeded(conflict, numbers, this::event));
        return read(graph, StateResolver.resolve(conflict, numbers, this::event));
    }

    private AuthGraph graph() {
        var wanted = new HashSet<>(agreed.values());
        difference.values().values().forEach(state -> wanted.addAll(state.values()));
        fresh.ifPresent(event -> {
            wanted.addAll(event.authNids());
            wanted.remove(event.eventNid());
        });
        var rows = repository.findAuthChains(room, wanted);
        var here = new HashSet<Long>();
        rows.forEach(row -> here.add(row.eventNid()));
        var builder = AuthGraph.builder();
        for (AuthRow row : rows) {
            builder.add(
                    row.eventNid(),
                    // An outlier may cite what nobody gave us.
                    cited(row.authNids(), here),
                    row.powerLevels() ? AuthGraph.Kind.POWER_LEVELS : AuthGraph.Kind.OTHER,
                    row.rejected() ? AuthGraph.Verdict.REJECTED : AuthGraph.Verdict.ACCEPTED);
        }
        fresh.ifPresent(event -> add(builder, event, here));
        return builder.build();
    }

    private static void add(AuthGraph.Builder builder, Fresh event, Set<Long> here) {
        builder.add(
                event.eventNid(),
                cited(event.authNids(), here),
                event.pdu().is("m.room.power_levels", "")
                        ? AuthGraph.Kind.POWER_LEVELS
                        : AuthGraph.Kind.OTHER,
                AuthGraph.Verdict.ACCEPTED);
    }

    private static long[] cited(List<Long> authNids, Set<Long> here) {
        return authNids.stream().filter(here::contains).mapToLong(Long::longValue).toArray();
    }

    private StateMap state(StateView view, AuthGraph graph) {
        var own = difference.values().getOrDefault(view, Map.of());
        var keys = new int[agreed.size() + own.size()];
        var numbered = new int[keys.length];
        int count = 0;
        for (var part : List.of(agreed, own)) {
            for (var entry : part.entrySet()) {
                keys[count] = numbers.number(key(entry.getKey()));
                numbered[count++] = graph.number(entry.getValue());
            }
        }
        return StateMap.of(keys, numbered);
    }

    private StateKey key(long nid) {
        return Objects.requireNonNull(
                keysByNid.get(nid),
                () -> "state_key (%d, %d) is missing".formatted(room.roomNid(), nid));
    }

    private void load(AuthGraph graph, int[] wanted) {
        var byNid = new HashMap<Long, Integer>();
        for (int number : wanted) {
            byNid.put(graph.id(number), number);
        }
        fresh.ifPresent(event -> {
            var number = byNid.remove(event.eventNid());
            if (number != null) {
                loaded.put(number, event.pdu());
            }
        });
        events.find(room, byNid.keySet())
                .forEach((nid, pdu) -> loaded.put(Objects.requireNonNull(byNid.get(nid)), pdu));
    }

    private Pdu event(int number) {
        return Objects.requireNonNull(loaded.get(number), () -> "Event " + number + " not loaded");
    }

    private Map<Long, Long> read(AuthGraph graph, StateMap resolved) {
        var events = new HashMap<Long, Long>();
        for (long key : difference.keys()) {
            int number = resolved.find(numbers.number(key(key)));
            events.put(key, number < 0 ? 0 : graph.id(number));
        }
        // Events of the auth chains may stand at places that none of the states has.
        var elsewhere = new HashSet<Long>();
        for (int i = 0; i < resolved.size(); i++) {
            var pdu = loaded.get(resolved.event(i));
            if (pdu != null) {
                var nid = nidsByKey.get(new StateKey(pdu.type(), pdu.stateKey().orElseThrow()));
                if (nid == null) {
                    elsewhere.add(graph.id(resolved.event(i)));
                }
            }
        }
        if (!elsewhere.isEmpty()) {
            repository
                    .findBodies(room, elsewhere)
                    .forEach(body -> events.put(body.keyNid(), body.eventNid()));
        }
        return events;
    }
}
