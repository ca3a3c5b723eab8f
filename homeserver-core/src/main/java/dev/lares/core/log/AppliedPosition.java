package dev.lares.core.log;

import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// How far this replica has applied the log: all that is visible here is at or before this
/// position, and there is no gap. It goes forward over the batches of all replicas in their order;
/// this replica's own batches come through the same door.
@Component
public class AppliedPosition {
    private static final Logger log = LoggerFactory.getLogger(AppliedPosition.class);

    private final List<AppliedBatch.Listener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock door = new ReentrantLock();
    private final PriorityQueue<Waiter> waiters = new PriorityQueue<>();
    private volatile Position applied = Position.ZERO;
    private volatile Position startedAt = Position.ZERO;
    private volatile long confirmedNanos;
    private volatile boolean confirmed;
    private volatile Runnable behind = () -> {};

    AppliedPosition() {}

    private record Waiter(Position position, CountDownLatch reached) implements Comparable<Waiter> {
        @Override
        public int compareTo(Waiter other) {
            return position.compareTo(other.position);
        }
    }

    /// What became of a batch at the door.
    enum Outcome {
        APPLIED,
        /// It had been applied before.
        KNOWN,
        /// Batches before it are missing here.
        AHEAD
    }

    public Position current() {
        return applied;
    }

    /// The committed head when this replica started: all before it happened unseen by its
    /// listeners.
    public Position startedAt() {
        return startedAt;
    }

    /// Waits until this replica has applied that position; false when the time is over first.
    public boolean await(Position position, Duration patience) throws InterruptedException {
        if (!position.isAfter(applied)) {
            return true;
        }
        var waiter = new Waiter(position, new CountDownLatch(1));
        door.lock();
        try {
            if (!position.isAfter(applied)) {
                return true;
            }
            waiters.add(waiter);
        } finally {
            door.unlock();
        }
        behind.run();
        if (waiter.reached().await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return true;
        }
        door.lock();
        try {
            waiters.remove(waiter);
        } finally {
            door.unlock();
        }
        return !position.isAfter(applied);
    }

    /// Whether at some time within the last `age` the applied position was the committed head: only
    /// then may what other replicas can change be answered from memory.
    public boolean isConfirmedWithin(Duration age) {
        return confirmed && System.nanoTime() - confirmedNanos <= age.toNanos();
    }

    /// Tells the listener of all later batches.
    public void addListener(AppliedBatch.Listener listener) {
        listeners.add(listener);
    }

    public void removeListener(AppliedBatch.Listener listener) {
        listeners.remove(listener);
    }

    /// Begins at the committed head.
    void start(Position head, Runnable whenBehind) {
        startedAt = head;
        applied = head;
        behind = whenBehind;
    }

    /// Asks for the batches that are missing here.
    void fallBehind() {
        behind.run();
    }

    /// Applies a batch if it is the next one.
    Outcome offer(AppliedBatch batch, boolean movedOn) {
        door.lock();
        try {
            if (!batch.last().isAfter(applied)) {
                return Outcome.KNOWN;
            }
            if (!movedOn && batch.first().value() != applied.value() + 1) {
                return Outcome.AHEAD;
            }
            for (var listener : listeners) {
                tell(listener, batch, movedOn);
            }
            applied = batch.last();
            release();
            return Outcome.APPLIED;
        } finally {
            door.unlock();
        }
    }

    /// @param nanos of [System#nanoTime], when the applied position was seen to be the head
    void confirm(long nanos) {
        confirmedNanos = nanos;
        confirmed = true;
    }

    private void release() {
        var first = waiters.peek();
        while (first != null && !first.position().isAfter(applied)) {
            waiters.remove();
            first.reached().countDown();
            first = waiters.peek();
        }
    }

    private static void tell(AppliedBatch.Listener listener, AppliedBatch batch, boolean movedOn) {
        try {
            if (movedOn) {
                listener.movedOn();
            }
            listener.applied(batch);
        } catch (RuntimeException failure) {
            // One listener's fault must not stop the log for all.
            log.error("A listener failed on the batch that ends at {}", batch.last(), failure);
        }
    }
}
