package dev.lares.core.append;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What waits for the writer, first come, first served: so each room's items keep their order. What
/// comes back goes to the front.
final class AppendQueue {
    private final int itemsMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final ArrayDeque<QueuedItem> items = new ArrayDeque<>();

    AppendQueue(int itemsMax) {
        this.itemsMax = itemsMax;
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

    /// All that waits, up to the bounds; at least one item, for which it waits that long. Empty when
    /// none came. An item that goes alone goes alone.
    List<QueuedItem> take(int countMax, long bytesMax, int missesMax, long patienceNanos)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patienceNanos;
            while (items.isEmpty()) {
                if (left <= 0) {
                    return List.of();
                }
                left = filled.awaitNanos(left);
            }
            var batch = new ArrayList<QueuedItem>();
            long bytes = 0;
            long now = System.nanoTime();
            while (!items.isEmpty() && batch.size() < countMax) {
                var next = items.peekFirst();
                if (next.isOver(now)) {
                    items.removeFirst();
                    continue;
                }
                boolean alone = next.goesAlone(missesMax);
                if (!batch.isEmpty() && (alone || bytes + next.sizeBytes() > bytesMax)) {
                    break;
                }
                batch.add(items.removeFirst());
                bytes += next.sizeBytes();
                if (alone) {
                    break;
                }
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /// Gives items back, to be the next ones in the same order.
    void putBack(List<QueuedItem> back) {
        lock.lock();
        try {
            for (int i = back.size() - 1; i >= 0; i--) {
                items.addFirst(back.get(i));
            }
            filled.signal();
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
