package dev.lares.core.stateres;

import dev.lares.core.auth.EventAuthorizer;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// State resolution v1 a second time, from the prose of [room version
/// 1](https://spec.matrix.org/v1.19/rooms/v1/#state-resolution), to compare the resolver with.
final class NaiveResolutionV1 {
    private final TestRoom room;
    private final Map<StateKey, EventId> r = new HashMap<>();
    private final Map<StateKey, Set<EventId>> conflicts = new HashMap<>();

    private NaiveResolutionV1(TestRoom room) {
        this.room = room;
    }

    static Set<EventId> resolve(TestRoom room, List<Set<EventId>> states) {
        return new NaiveResolutionV1(room).resolve(states);
    }

    private Set<EventId> resolve(List<Set<EventId>> states) {
        // The union of the states, without what has different events at the same key.
        var all = new HashMap<StateKey, Set<EventId>>();
        for (var state : states) {
            for (var event : state) {
                all.computeIfAbsent(room.key(event), key -> new HashSet<>()).add(event);
            }
        }
        all.forEach((key, events) -> {
            if (events.size() == 1) {
                r.put(key, events.iterator().next());
            } else {
                conflicts.put(key, events);
            }
        });
        for (var type : List.of("m.room.power_levels", "m.room.join_rules", "m.room.member")) {
            var results = new HashMap<StateKey, EventId>();
            conflicts.forEach((key, events) -> {
                if (key.type().equals(type)) {
                    results.put(key, climb(key, events));
                }
            });
            r.putAll(results);
        }
        var results = new HashMap<StateKey, EventId>();
        conflicts.forEach((key, events) -> {
            if (!r.containsKey(key)) {
                results.put(key, pick(events));
            }
        });
        r.putAll(results);
        return new HashSet<>(r.values());
    }

    private EventId climb(StateKey key, Set<EventId> events) {
        var sorted = new ArrayList<>(events);
        sorted.sort(ascendingDepthDescendingHash());
        var withOwn = new HashMap<>(r);
        for (var event : sorted) {
            if (withOwn.containsKey(key) && !isAllowed(event, withOwn)) {
                break;
            }
            withOwn.put(key, event);
        }
        return withOwn.get(key);
    }

    private EventId pick(Set<EventId> events) {
        var sorted = new ArrayList<>(events);
        sorted.sort(ascendingDepthDescendingHash().reversed());
        return sorted.stream()
                .filter(event -> isAllowed(event, r))
                .findFirst()
                // The prose does not say; the resolver documents it.
                .orElse(sorted.getLast());
    }

    private boolean isAllowed(EventId event, Map<StateKey, EventId> state) {
        return EventAuthorizer.check(
                        room.events().get(event),
                        key -> Optional.ofNullable(state.get(key)).map(room.events()::get))
                .isAllowed();
    }

    private Comparator<EventId> ascendingDepthDescendingHash() {
        return Comparator.<EventId>comparingLong(event -> room.events().get(event).depth())
                .thenComparing(NaiveResolutionV1::sha1, Comparator.reverseOrder());
    }

    private static String sha1(EventId event) {
        try {
            var digest = MessageDigest.getInstance("SHA-1");
            return HexFormat.of()
                    .formatHex(digest.digest(event.value().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
