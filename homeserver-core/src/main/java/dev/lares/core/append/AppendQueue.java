package dev.lares.core.append;

import dev.lares.core.append.QueuedItem.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What waits for the writer, first come, first served, each lane in its order. A lane whose lock
/// another replica holds is tried with one item at a time, so that it keeps no other one waiting.
final class AppendQueue {
    private final int itemsMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final ArrayDeque<QueuedItem> items = new ArrayDeque<>();
    private final Map<Lane, Integer> misses = new HashMap<>();
    private final Condition emptied = lock.newCondition();
    private boolean writing;

    AppendQueue(int itemsMax) {
        this.itemsMax = itemsMax;
    }

    /// The bounds of a batch.
    ///
    /// @param missesMax after so many times that its lock was held elsewhere a lane's first item
    ///   goes alone
    record Bounds(int itemsMax, long bytesMax, int missesMax) {}

    /// @param alone whether it is one item that waits for its locks
    record Batch(List<QueuedItem> items, boolean alone) {
        static final Batch EMPTY = new Batch(List.of(), false);
    }

    /// False where the queue is full.
    boolean offer(QueuedItem item) {
        lock.lock();
        try {
            if (items.size() >= itemsMax) {
                return false;
            }
            items.addLast(item);
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Takes back what was away, to be the next.
    void putBack(QueuedItem item) {
        lock.lock();
        try {
            items.addFirst(item);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /// All that waits, up to the bounds; at least one item, for which it waits that long. Empty
    /// when none came.
    Batch take(Bounds bounds, long patienceNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patienceNanos;
            while (items.isEmpty()) {
                if (left <= 0) {
                    return Batch.EMPTY;
                }
                left = filled.awaitNanos(left);
            }
            var batch = take(bounds);
            writing = !batch.items().isEmpty();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private Batch take(Bounds bounds) {
        var batch = new ArrayList<QueuedItem>();
        var tried = new HashSet<Lane>();
        long bytes = 0;
        long now = System.nanoTime();
        for (var each = items.iterator(); each.hasNext(); ) {
            var next = each.next();
            if (next.isOver(now)) {
                each.remove();
                continue;
            }
            int missed = misses.getOrDefault(next.lane(), 0);
            if (missed > 0 && !tried.add(next.lane())) {
                continue;
            }
            if (missed >= bounds.missesMax()) {
                if (!batch.isEmpty()) {
                    continue; // its turn comes when it is the first
                }
                each.remove();
                return new Batch(List.of(next), true);
            }
            boolean fits = bytes + next.sizeBytes() <= bounds.bytesMax();
            if (!batch.isEmpty() && (batch.size() == bounds.itemsMax() || !fits)) {
                break;
            }
            each.remove();
            batch.add(next);
            bytes += next.sizeBytes();
        }
        return new Batch(batch, false);
    }

    /// Takes back what has to be tried again, to be the next in the same order, and learns from the
    /// batch which lanes are open.
    void finish(Batch batch, List<QueuedItem> again) {
        lock.lock();
        try {
            for (var item : batch.items()) {
                if (!item.isMissed()) {
                    misses.remove(item.lane());
                }
            }
            var counted = new HashSet<Lane>();
            for (var item : batch.items()) {
                if (item.isMissed() && counted.add(item.lane())) {
                    misses.merge(item.lane(), 1, Integer::sum);
                }
            }
            for (int i = again.size() - 1; i >= 0; i--) {
                items.addFirst(again.get(i));
            }
            writing = false;
            filled.signal();
            emptied.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until nothing is queued or being written.
    void awaitEmpty(long patienceNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patienceNanos;
            while ((writing || !items.isEmpty()) && left > 0) {
                left = emptied.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return items.size();
        } finally {
            lock.unlock();
        }
    }

    /// Takes all out.
    List<QueuedItem> drain() {
        lock.lock();
        try {
            var all = List.copyOf(items);
            items.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }
}
