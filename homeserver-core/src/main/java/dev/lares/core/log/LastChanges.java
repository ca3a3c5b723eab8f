package dev.lares.core.log;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/// When something last happened in each room and for each user, so that a sync that has nothing to
/// tell needs no query. What is not remembered, because this replica started later or had no space,
/// happened at the latest at a floor that is.
@Component
public class LastChanges implements AppliedBatch.Listener {
    private static final int ROOMS_MAX = 200_000;
    private static final int USERS_MAX = 500_000;
    private static final List<String> EPHEMERAL = List.of("receipt", "typing");
    private static final String TO_DEVICE = "to_device";

    private final AppliedPosition applied;
    private final Last rooms = new Last(ROOMS_MAX);
    private final Last ephemeral = new Last(ROOMS_MAX);
    private final Last users = new Last(USERS_MAX);
    private final Last inboxes = new Last(USERS_MAX);
    private final RecentBatches recent = new RecentBatches();

    LastChanges(AppliedPosition applied) {
        this.applied = applied;
    }

    /// Whether something may have happened in the room behind a position.
    public boolean roomChanged(long roomNid, Position since) {
        return rooms.newest(roomNid) > since.value();
    }

    /// Whether receipts or typing may have changed in the room behind a position.
    public boolean ephemeralChanged(long roomNid, Position since) {
        return ephemeral.newest(roomNid) > since.value();
    }

    /// The rooms in which something happened behind a position; absent where they are too many to
    /// be worth a list, or not all remembered.
    public Optional<Set<Long>> roomsChanged(Position since) {
        return recent.roomsAfter(since.value());
    }

    /// Whether rows of the user themselves may have changed behind a position: memberships, account
    /// data, devices, messages to a device.
    public boolean userChanged(long userNid, Position since) {
        return users.newest(userNid) > since.value();
    }

    /// Whether messages to a device of the user may have come behind a position.
    public boolean inboxChanged(long userNid, long since) {
        return inboxes.newest(userNid) > since;
    }

    @Override
    public void applied(AppliedBatch batch) {
        long last = batch.last().value();
        batch.rooms().forEach(nid -> rooms.add(nid, last));
        if (!Collections.disjoint(batch.streams(), EPHEMERAL)) {
            batch.rooms().forEach(nid -> ephemeral.add(nid, last));
        }
        recent.add(batch);
        batch.users().forEach(nid -> users.add(nid, last));
        if (batch.streams().contains(TO_DEVICE)) {
            batch.users().forEach(nid -> inboxes.add(nid, last));
        }
    }

    /// What was remembered may have been lost; so everything may have changed.
    @Override
    public void movedOn() {
        rooms.forget();
        ephemeral.forget();
        recent.forget();
        users.forget();
        inboxes.forget();
    }

    private final class Last {
        private final AtomicLong evicted = new AtomicLong();
        private final Cache<Long, Long> byNid;

        Last(int sizeMax) {
            byNid =
                    Caffeine.newBuilder()
                            .maximumSize(sizeMax)
                            .executor(Runnable::run)
                            .<Long, Long>evictionListener((nid, change, cause) -> {
                                if (change != null) {
                                    raise(change);
                                }
                            })
                            .build();
        }

        long newest(long nid) {
            var change = byNid.getIfPresent(nid);
            // In this order: what is evicted in between has raised the floor before.
            return change != null ? change : Math.max(evicted.get(), applied.startedAt().value());
        }

        void add(long nid, long pos) {
            byNid.put(nid, pos);
        }

        void forget() {
            raise(applied.current().value());
            byNid.asMap().clear();
        }

        private void raise(long pos) {
            evicted.accumulateAndGet(pos, Math::max);
        }
    }
}
