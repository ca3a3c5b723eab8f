package dev.lares.core.append;

import dev.lares.core.log.AppendItem;
import dev.lares.core.log.AppendResult;
import java.util.concurrent.CompletableFuture;

/// An item on its way through the writer. The writer's thread alone changes it, its future apart.
final class QueuedItem {
    private final AppendItem item;
    private final long deadlineNanos;
    private final int sizeBytes;
    private final CompletableFuture<AppendResult> answer = new CompletableFuture<>();
    private int misses;

    /// @param deadlineNanos of [System#nanoTime]
    /// @param sizeBytes about what it takes on the wire
    QueuedItem(AppendItem item, long deadlineNanos, int sizeBytes) {
        this.item = item;
        this.deadlineNanos = deadlineNanos;
        this.sizeBytes = sizeBytes;
    }

    AppendItem item() {
        return item;
    }

    int sizeBytes() {
        return sizeBytes;
    }

    CompletableFuture<AppendResult> answer() {
        return answer;
    }

    /// Whether nobody waits for it any more.
    boolean isOver(long nowNanos) {
        return answer.isDone() || nowNanos - deadlineNanos >= 0;
    }

    /// Notes that its room or one of its accounts was locked by another replica.
    void missed() {
        misses++;
    }

    /// Whether it goes alone and waits for its locks.
    boolean goesAlone(int missesMax) {
        return misses >= missesMax;
    }
}
