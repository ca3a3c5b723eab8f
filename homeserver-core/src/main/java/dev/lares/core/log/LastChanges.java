package dev.lares.core.log;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/// When something last happened in each room and for each user, so that a sync that has nothing to tell
/// needs no query. What is not remembered, because this replica started later or had no space, is taken
/// to have changed at the newest position for which that can be true.
@Component
public class LastChanges implements AppliedBatch.Listener {
    private static final int REMEMBERED_MAX = 1_000_000;

    private final Last rooms = new Last();
    private final Last users = new Last();
    private final AtomicLong started = new AtomicLong(-1);

    /// Whether something may have happened in the room behind a position.
    public boolean roomChanged(long roomNid, Position since) {
        return rooms.of(roomNid) > since.value();
    }

    /// Whether rows of the user themselves may have changed behind a position: memberships, account data,
    /// devices, messages to a device.
    public boolean userChanged(long userNid, Position since) {
        return users.of(userNid) > since.value();
    }

    @Override
    public void applied(AppliedBatch batch) {
        // All before the first batch that is seen here happened at the latest just before it.
        long before = batch.first().value() - 1;
        if (started.compareAndSet(-1, before)) {
            rooms.raiseFloor(before);
            users.raiseFloor(before);
        }
        long last = batch.last().value();
        batch.rooms().forEach(nid -> rooms.put(nid, last));
        batch.users().forEach(nid -> users.put(nid, last));
    }

    private static final class Last {
        private final AtomicLong floor = new AtomicLong(Long.MAX_VALUE);
        private final Cache<Long, Long> byNid =
                Caffeine.newBuilder()
                        .maximumSize(REMEMBERED_MAX)
                        .executor(Runnable::run)
                        .evictionListener(
                                (Long nid, Long pos, com.github.benmanes.caffeine.cache.RemovalCause cause) -> raiseFloor(pos))
                        .build();

        long of(long nid) {
            var known = byNid.getIfPresent(nid);
            // Read in this order: an entry that is evicted in between has raised the floor before.
            return known != null ? known : floor.get();
        }

        void put(long nid, long pos) {
            byNid.put(nid, pos);
        }

        void raiseFloor(long pos) {
            floor.updateAndGet(old -> old == Long.MAX_VALUE ? pos : Math.max(old, pos));
        }
    }
}
