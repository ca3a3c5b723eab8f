package dev.lares.client.slidingsync;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What an answer changes of what the client was told.
final class SentChanges {
    private final SentRooms before;
    private final Map<Long, SentRoom> rooms;
    private final Set<Long> stale = new HashSet<>();
    private SentRooms.Global global;
    private boolean changed;

    SentChanges(SentRooms before) {
        this.before = before;
        global = before.global();
        rooms = before.copy();
    }

    Optional<SentRoom> find(long roomNid) {
        return Optional.ofNullable(rooms.get(roomNid));
    }

    void put(long roomNid, SentRoom room) {
        changed |= !room.equals(rooms.put(roomNid, room));
    }

    void global(SentRooms.Global now) {
        changed |= now != global;
        global = now;
    }

    /// Forgets a room when something is written anyway.
    void makeStale(long roomNid) {
        stale.add(roomNid);
    }

    /// Whether the client was told nothing that has to be noted.
    boolean isEmpty() {
        return !changed;
    }

    SentRooms after() {
        if (!changed) {
            return before;
        }
        rooms.keySet().removeAll(stale);
        return new SentRooms(rooms, global);
    }
}
