package dev.lares.core.log;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/// When something last happened in each room and for each user, so that a sync that has nothing to
/// tell needs no query. What is not remembered, because this replica started later or had no space,
/// happened at the latest at a floor that is.
@Component
public class LastChanges implements AppliedBatch.Listener {
    private static final int ROOMS_MAX = 200_000;
    private static final int USERS_MAX = 500_000;

    private final AppliedPosition applied;
    private final Last rooms = new Last(ROOMS_MAX);
    private final Last users = new Last(USERS_MAX);

    LastChanges(AppliedPosition applied) {
        this.applied = applied;
    }

    /// Whether something may have happened in the room behind a position.
    public boolean roomChanged(long roomNid, Position since) {
        return rooms.newest(roomNid) > since.value();
    }

    /// Whether rows of the user themselves may have changed behind a position: memberships, account
    /// data, devices, messages to a device.
    public boolean userChanged(long userNid, Position since) {
        return users.newest(userNid) > since.value();
    }

    /// A position up to `at` such that nothing happened in the room between the two. The same one
    /// for all who ask about the same stretch of time as long as it is remembered, so that they can
    /// share an answer.
    public Position roomChangeUpTo(long roomNid, Position at) {
        return new Position(rooms.newestUpTo(roomNid, at.value()));
    }

    @Override
    public void applied(AppliedBatch batch) {
        long last = batch.last().value();
        batch.rooms().forEach(nid -> rooms.add(nid, last));
        batch.users().forEach(nid -> users.add(nid, last));
    }

    /// What was remembered may have been lost; so everything may have changed.
    @Override
    public void movedOn() {
        rooms.forget();
        users.forget();
    }

    private final class Last {
        /// How many changes of one room or user are remembered.
        private static final int REMEMBERED = 8;

        private final AtomicLong evicted = new AtomicLong();
        private final Cache<Long, long[]> byNid;

        Last(int sizeMax) {
            byNid =
                    Caffeine.newBuilder()
                            .maximumSize(sizeMax)
                            .executor(Runnable::run)
                            .<Long, long[]>evictionListener((nid, changes, cause) -> {
                                if (changes != null) {
                                    raise(changes[changes.length - 1]);
                                }
                            })
                            .build();
        }

        long newest(long nid) {
            var changes = byNid.getIfPresent(nid);
            // In this order: what is evicted in between has raised the floor before.
            return changes != null ? changes[changes.length - 1] : floor();
        }

        long newestUpTo(long nid, long at) {
            var changes = byNid.getIfPresent(nid);
            if (changes == null) {
                return Math.min(at, floor());
            }
            for (int i = changes.length - 1; i >= 0; i--) {
                if (changes[i] <= at) {
                    return changes[i];
                }
            }
            return changes.length < REMEMBERED ? Math.min(at, floor()) : at;
        }

        void add(long nid, long pos) {
            byNid.asMap().merge(nid, new long[] {pos}, (old, one) -> appended(old, one[0]));
        }

        void forget() {
            raise(applied.current().value());
            byNid.asMap().clear();
        }

        private long floor() {
            return Math.max(evicted.get(), applied.startedAt().value());
        }

        private void raise(long pos) {
            evicted.accumulateAndGet(pos, Math::max);
        }

        private static long[] appended(long[] changes, long pos) {
            int from = changes.length < REMEMBERED ? 0 : 1;
            var longer = Arrays.copyOfRange(changes, from, changes.length + 1);
            longer[longer.length - 1] = pos;
            return longer;
        }
    }
}
