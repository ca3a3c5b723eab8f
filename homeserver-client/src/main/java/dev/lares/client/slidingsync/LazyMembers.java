package dev.lares.client.slidingsync;

import dev.lares.core.position.ConnectionToken;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which memberships a client was told because the timeline showed them, by the internal numbers of
/// their events: they need not be told again. In memory only; a client is told again what was
/// forgotten, and nothing is taken for told before the client has shown the token of the answer.
final class LazyMembers {
    /// Of all rooms of a connection; then all are forgotten.
    private static final int MEMBERS_MAX = 20_000;

    private static final int MEMBER_BYTES = 60;

    private final Map<Long, Set<Long>> known = new HashMap<>();
    private @Nullable ConnectionToken at;
    private @Nullable Pending pending;

    /// @param start whether the client forgets whom it knew
    record Told(Start start, Set<Long> events) {
        enum Start {
            ANEW,
            GOES_ON
        }
    }

    private record Pending(ConnectionToken answered, Map<Long, Told> told) {}

    Map<Long, Set<Long>> knownTo(ConnectionToken asked) {
        var waiting = pending;
        if (waiting != null && waiting.answered().equals(asked)) {
            waiting.told().forEach(this::add);
        } else if (!asked.equals(at)) {
            known.clear();
        }
        at = asked;
        pending = null;
        if (known.values().stream().mapToInt(Set::size).sum() > MEMBERS_MAX) {
            known.clear();
        }
        var copy = new HashMap<Long, Set<Long>>();
        known.forEach((room, events) -> copy.put(room, Set.copyOf(events)));
        return copy;
    }

    private void add(long roomNid, Told told) {
        if (told.start() == Told.Start.ANEW) {
            known.remove(roomNid);
        }
        known.computeIfAbsent(roomNid, nid -> new HashSet<>()).addAll(told.events());
    }

    void told(ConnectionToken asked, ConnectionToken answered, Map<Long, Told> told) {
        if (asked.equals(at)) {
            pending = new Pending(answered, Map.copyOf(told));
        }
    }

    int sizeBytes() {
        return MEMBER_BYTES * known.values().stream().mapToInt(Set::size).sum();
    }
}
