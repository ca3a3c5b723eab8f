package dev.lares.client.oldsync;

import dev.lares.core.health.ParkedRequests;
import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.Position;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/// Lets requests wait for news of their rooms. Each holds a virtual thread, which old clients and
/// previews are few enough for.
@Component
class NewsBell implements AppliedBatch.Listener, ParkedRequests {
    /// Further ones get an empty answer at once.
    static final int WAITING_MAX = 1000;

    static final int WAITING_PER_USER_MAX = 8;

    private static final Duration SHOWN_PATIENCE = Duration.ofSeconds(5);

    private final AppliedPosition applied;
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private volatile boolean released;

    NewsBell(AppliedPosition applied) {
        this.applied = applied;
    }

    /// Hears of what happens from now on: to be called before one looks whether there is news.
    /// Hears nothing where too many wait already.
    Waiter listen(long userNid, Set<Long> roomNids) {
        var waiter = new Waiter(userNid, roomNids);
        long ofUser = waiters.stream().filter(other -> other.userNid == userNid).count();
        if (waiters.size() < WAITING_MAX && ofUser < WAITING_PER_USER_MAX) {
            waiters.add(waiter);
        }
        if (released) {
            waiter.ring(Position.ZERO);
        }
        return waiter;
    }

    @Override
    public void applied(AppliedBatch batch) {
        waiters.stream()
                .filter(waiter -> waiter.concerns(batch))
                .forEach(waiter -> waiter.ring(batch.last()));
    }

    @Override
    public void release() {
        released = true;
        waiters.forEach(waiter -> waiter.ring(Position.ZERO));
    }

    /// One request that waits.
    final class Waiter implements AutoCloseable {
        private final long userNid;
        private final Set<Long> roomNids;
        private final Semaphore rung = new Semaphore(0);
        private volatile Position upTo = Position.ZERO;

        private Waiter(long userNid, Set<Long> roomNids) {
            this.userNid = userNid;
            this.roomNids = Set.copyOf(roomNids);
        }

        /// Waits until something happened that it is worth to look for, and shows here; false at
        /// the deadline, at once where too many wait, and where the server stops.
        boolean await(Duration patience) throws InterruptedException {
            return waiters.contains(this)
                    && rung.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)
                    && !released
                    && applied.await(upTo, SHOWN_PATIENCE);
        }

        private boolean concerns(AppliedBatch batch) {
            return batch.users().contains(userNid)
                    || !Collections.disjoint(batch.rooms(), roomNids);
        }

        private void ring(Position position) {
            upTo = position;
            rung.release();
        }

        @Override
        public void close() {
            waiters.remove(this);
        }
    }
}
