package dev.lares.core.stateres;

import dev.lares.core.auth.EventAuthorizer;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// [State resolution v1](https://spec.matrix.org/v1.19/rooms/v1/#state-resolution).
final class ResolutionV1 {
    private static final List<String> AUTH_TYPES =
            List.of("m.room.power_levels", "m.room.join_rules", "m.room.member");

    private final StateConflict conflict;
    private final ResolutionEvents events;
    private final Map<Integer, Candidate> resolved = new HashMap<>();

    private ResolutionV1(StateConflict conflict, ResolutionEvents events) {
        this.conflict = conflict;
        this.events = events;
    }

    static StateMap resolve(StateConflict conflict, ResolutionEvents events) {
        return new ResolutionV1(conflict, events).resolve();
    }

    private StateMap resolve() {
        var open = new TreeMap<Integer, List<Candidate>>();
        conflict.full().stream()
                .mapToObj(this::candidate)
                .forEach(c -> open.computeIfAbsent(c.key(), key -> new ArrayList<>()).add(c));
        // Power levels, then join rules, then memberships; each with what came before.
        for (var type : AUTH_TYPES) {
            var found = new HashMap<Integer, Candidate>();
            open.values().stream()
                    .filter(candidates -> candidates.getFirst().event().type().equals(type))
                    .forEach(c -> found.put(c.getFirst().key(), lastAllowedInTurn(c)));
            resolved.putAll(found);
            open.keySet().removeAll(found.keySet());
        }
        // Nothing else affects what is allowed.
        var found = new HashMap<Integer, Candidate>();
        open.forEach((key, candidates) -> found.put(key, deepestAllowed(candidates)));
        resolved.putAll(found);
        var keys = new int[resolved.size()];
        var numbers = new int[keys.length];
        int count = 0;
        for (var entry : resolved.entrySet()) {
            keys[count] = entry.getKey();
            numbers[count++] = entry.getValue().number();
        }
        return conflict.withUnconflicted(keys, numbers);
    }

    /// The first by ascending depth, and then each as long as those before it allow it.
    private Candidate lastAllowedInTurn(List<Candidate> candidates) {
        var sorted = new ArrayList<>(candidates);
        sorted.sort(Candidate.SHALLOWEST_FIRST);
        var last = sorted.getFirst();
        for (var next : sorted.subList(1, sorted.size())) {
            if (!isAllowed(next, Optional.of(last))) {
                break;
            }
            last = next;
        }
        return last;
    }

    /// The first by descending depth that is allowed. Where none is, the specification says
    /// nothing; the shallowest stays, so that no key gets lost.
    private Candidate deepestAllowed(List<Candidate> candidates) {
        var sorted = new ArrayList<>(candidates);
        sorted.sort(Candidate.SHALLOWEST_FIRST.reversed());
        return sorted.stream()
                .filter(candidate -> isAllowed(candidate, Optional.empty()))
                .findFirst()
                .orElse(sorted.getLast());
    }

    /// @param before what stands at the event's own key
    private boolean isAllowed(Candidate candidate, Optional<Candidate> before) {
        return EventAuthorizer.check(candidate.event(), key -> lookUp(key, before)).isAllowed();
    }

    private Optional<Pdu> lookUp(StateKey key, Optional<Candidate> before) {
        int number = events.keyOf(key);
        if (before.isPresent() && before.get().key() == number) {
            return Optional.of(before.get().event());
        }
        var found = resolved.get(number);
        if (found != null) {
            return Optional.of(found.event());
        }
        int unconflicted = conflict.unconflicted().find(number);
        return unconflicted < 0 ? Optional.empty() : Optional.of(events.get(unconflicted));
    }

    private Candidate candidate(int number) {
        var event = events.get(number);
        var key = new StateKey(event.type(), event.stateKey().orElseThrow());
        return new Candidate(number, event, events.keyOf(key), Tiebreak.of(event));
    }

    /// @param tiebreak the SHA-1 digest of the event ID
    private record Candidate(int number, Pdu event, int key, Tiebreak tiebreak) {
        /// By ascending depth, then by descending digest.
        static final Comparator<Candidate> SHALLOWEST_FIRST =
                Comparator.<Candidate>comparingLong(c -> c.event().depth())
                        .thenComparing(Candidate::tiebreak, Comparator.reverseOrder());
    }

    /// A digest as a number of 160 bits.
    private static final class Tiebreak implements Comparable<Tiebreak> {
        private final byte[] digest;

        private Tiebreak(byte[] digest) {
            this.digest = digest;
        }

        static Tiebreak of(Pdu event) {
            try {
                var sha1 = MessageDigest.getInstance("SHA-1");
                return new Tiebreak(
                        sha1.digest(event.eventId().value().getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every JVM has SHA-1", e);
            }
        }

        @Override
        public int compareTo(Tiebreak other) {
            return Arrays.compareUnsigned(digest, other.digest);
        }
    }
}
