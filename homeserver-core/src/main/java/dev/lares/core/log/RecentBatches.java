package dev.lares.core.log;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The rooms of the last batches, so that who is a little behind looks at these and not at all of
/// their own.
final class RecentBatches {
    private static final int BATCHES_MAX = 4_096;

    /// Who is so much behind looks at each of their own rooms instead.
    private static final int ROOMS_MAX = 512;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Batch> batches = new ArrayDeque<>(BATCHES_MAX);

    private record Batch(long last, List<Long> rooms) {}

    void add(AppliedBatch batch) {
        lock.lock();
        try {
            if (batches.size() == BATCHES_MAX) {
                batches.removeFirst();
            }
            batches.addLast(new Batch(batch.last().value(), batch.rooms()));
        } finally {
            lock.unlock();
        }
    }

    void forget() {
        lock.lock();
        try {
            batches.clear();
        } finally {
            lock.unlock();
        }
    }

    /// Absent where these are too many, or the position is further back than is remembered.
    Optional<Set<Long>> roomsAfter(long since) {
        var rooms = new HashSet<Long>();
        lock.lock();
        try {
            for (var newestFirst = batches.descendingIterator(); newestFirst.hasNext(); ) {
                var batch = newestFirst.next();
                if (batch.last() <= since) {
                    return Optional.of(rooms);
                }
                rooms.addAll(batch.rooms());
                if (rooms.size() > ROOMS_MAX) {
                    return Optional.empty();
                }
            }
        } finally {
            lock.unlock();
        }
        return Optional.empty();
    }
}
