package dev.lares.core.append;

import dev.lares.core.error.MatrixException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// Lets items of events that were made elsewhere into the writer's queue, of each room one at a
/// time: while one is away in the background lane, those behind it, which may cite its events, wait
/// here and nobody else does.
final class ReceivedTurns {
    private final int itemsMax;
    private final Predicate<QueuedItem> queue;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<QueuedItem.Lane, ArrayDeque<QueuedItem>> rooms = new HashMap<>();
    private int size;

    /// @param queue takes an item, or is full
    ReceivedTurns(int itemsMax, Predicate<QueuedItem> queue) {
        this.itemsMax = itemsMax;
        this.queue = queue;
    }

    /// False where too many wait.
    boolean offer(QueuedItem item) {
        boolean first;
        lock.lock();
        try {
            if (size >= itemsMax) {
                return false;
            }
            size++;
            var waiting = rooms.computeIfAbsent(item.lane(), room -> new ArrayDeque<>());
            waiting.addLast(item);
            first = waiting.size() == 1;
        } finally {
            lock.unlock();
        }
        if (first) {
            advance(item.lane());
        }
        return true;
    }

    /// Lets the room's next item in.
    private void advance(QueuedItem.Lane room) {
        for (var next = first(room); next.isPresent(); next = afterFirst(room)) {
            var item = next.get();
            if (!item.answer().isDone()) {
                if (queue.test(item)) {
                    var _ = item.answer().whenComplete((_, _) -> finished(room));
                    return;
                }
                item.answer()
                        .completeExceptionally(
                                MatrixException.unavailable(
                                        "The server has more to write than it can; try again"));
            }
        }
    }

    private void finished(QueuedItem.Lane room) {
        if (afterFirst(room).isPresent()) {
            advance(room);
        }
    }

    private Optional<QueuedItem> first(QueuedItem.Lane room) {
        lock.lock();
        try {
            return Optional.ofNullable(rooms.get(room)).map(ArrayDeque::peekFirst);
        } finally {
            lock.unlock();
        }
    }

    /// Takes the first one out.
    private Optional<QueuedItem> afterFirst(QueuedItem.Lane room) {
        lock.lock();
        try {
            var waiting = rooms.get(room);
            if (waiting == null) {
                return Optional.empty();
            }
            waiting.removeFirst();
            size--;
            if (waiting.isEmpty()) {
                rooms.remove(room);
                return Optional.empty();
            }
            return Optional.of(waiting.getFirst());
        } finally {
            lock.unlock();
        }
    }
}
