package dev.lares.client.slidingsync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.LastChanges;
import dev.lares.core.log.Position;
import dev.lares.core.room.TimelineReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;

/// When something last happened in rooms. Remembered, and read anew only of rooms in which
/// something may have happened since.
@Component
class RoomActivities implements AppliedBatch.Listener {
    /// What clients sort rooms by.
    static final List<String> BUMPS =
            List.of(
                    "m.room.create",
                    "m.room.message",
                    "m.room.encrypted",
                    "m.sticker",
                    "m.call.invite",
                    "m.poll.start",
                    "org.matrix.msc3381.poll.start",
                    "m.beacon_info",
                    "org.matrix.msc3672.beacon_info");

    private static final int REMEMBERED_MAX = 200_000;

    private final TimelineReader timelines;
    private final LastChanges changes;
    private final Cache<Long, Last> rows =
            Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();
    private final Cache<Long, Last> bumps =
            Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();

    RoomActivities(TimelineReader timelines, LastChanges changes) {
        this.timelines = timelines;
        this.changes = changes;
    }

    /// @param pos of the newest row up to `upTo`; zero where there is none
    private record Last(Position pos, Position upTo) {}

    /// The position of each room's newest timeline row up to a position.
    Map<Long, Position> lastRows(Collection<Long> roomNids, Position to) {
        return find(rows, roomNids, to, timelines::lastPositions);
    }

    /// The position of each room's newest event that counts as activity for its place in a client's
    /// list; zero where there is none for long.
    Map<Long, Position> lastBumps(Collection<Long> roomNids, Position to) {
        return find(bumps, roomNids, to, (nids, upTo) -> timelines.lastOfTypes(nids, BUMPS, upTo));
    }

    private Map<Long, Position> find(
            Cache<Long, Last> cache,
            Collection<Long> roomNids,
            Position to,
            BiFunction<Collection<Long>, Position, Map<Long, Position>> reader) {
        var found = new HashMap<Long, Position>();
        var missing = new ArrayList<Long>();
        for (long nid : roomNids) {
            var known = cache.getIfPresent(nid);
            if (known != null && holds(nid, known, to)) {
                found.put(nid, known.pos());
            } else {
                missing.add(nid);
            }
        }
        var read = reader.apply(missing, to);
        for (long nid : missing) {
            var pos = read.getOrDefault(nid, Position.ZERO);
            found.put(nid, pos);
            cache.put(nid, new Last(pos, to));
        }
        return found;
    }

    private boolean holds(long nid, Last known, Position to) {
        return known.upTo().isAfter(to)
                ? !known.pos().isAfter(to)
                : !changes.roomChanged(nid, known.upTo());
    }

    @Override
    public void applied(AppliedBatch batch) {
        // What is remembered is as of a position.
    }

    @Override
    public void movedOn() {
        rows.invalidateAll();
        bumps.invalidateAll();
    }
}
