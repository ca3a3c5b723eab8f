package dev.lares.core.append;

import dev.lares.core.append.AppendQueue.Bounds;
import dev.lares.core.append.BasisQuery.Locking;
import dev.lares.core.error.MatrixException;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.AppendResult;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.LogFollower;
import dev.lares.core.log.LogWriter;
import dev.lares.core.work.Worker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Takes appends, and lets one thread write them in batches: at once when it is idle, else all that
/// came while it wrote the batch before.
@Component
@EnableConfigurationProperties(WriterProperties.class)
class BatchingWriter implements LogWriter, SmartLifecycle {
    private static final int ITEMS_MAX = 256;
    private static final long BYTES_MAX = 4L << 20;
    private static final Bounds BOUNDS = new Bounds(ITEMS_MAX, BYTES_MAX, 3);
    private static final Bounds BOUNDS_WITHOUT_WAITING =
            new Bounds(ITEMS_MAX, BYTES_MAX, Integer.MAX_VALUE);
    private static final long LONE_WAIT_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final AppendQueue queue;
    private final BatchWork work;
    private final AppliedPosition applied;
    private final WriterMetrics metrics;
    private final Worker worker = new Worker("log-writer", this::writeNext);
    private volatile boolean running;
    private long loneWaitEndedNanos = System.nanoTime() - LONE_WAIT_PAUSE_NANOS;

    BatchingWriter(
            WriterProperties properties,
            BatchWork work,
            AppliedPosition applied,
            WriterMetrics metrics) {
        this.queue = new AppendQueue(properties.queueMax());
        this.work = work;
        this.applied = applied;
        this.metrics = metrics;
        metrics.watch(queue::size);
    }

    @Override
    public AppendResult append(AppendItem item, Duration deadline) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "append must not be called inside a transaction: what it writes commits on"
                            + " its own");
        }
        if (item.drafts().isEmpty() && item.rows().isEmpty()) {
            throw new IllegalArgumentException("An append writes something");
        }
        long deadlineNanos = System.nanoTime() + deadline.toNanos();
        var queued = new QueuedItem(item, deadlineNanos, ItemSize.of(item));
        if (!running || !queue.offer(queued)) {
            throw MatrixException.unavailable(
                    "The server has more to write than it can; try again");
        }
        try {
            var result =
                    queued.answer().get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            var left = Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
            if (!applied.await(result.position(), left)) {
                throw MatrixException.unavailable(
                        "It was written, but this replica has not seen it yet");
            }
            return result;
        } catch (TimeoutException e) {
            queued.answer().cancel(false);
            throw MatrixException.unavailable(
                    "The database did not answer in time; it may still be written");
        } catch (InterruptedException e) {
            queued.answer().cancel(false);
            Thread.currentThread().interrupt();
            throw MatrixException.unavailable("The server stops");
        } catch (ExecutionException e) {
            throw thrown(e);
        }
    }

    private static RuntimeException thrown(ExecutionException e) {
        if (e.getCause() instanceof MatrixException refusal) {
            return refusal;
        }
        return new IllegalStateException("The append failed", e.getCause());
    }

    private void writeNext() throws InterruptedException {
        // A room that stays locked must not keep the others waiting: half of the time is theirs.
        boolean mayWait = System.nanoTime() - loneWaitEndedNanos > LONE_WAIT_PAUSE_NANOS;
        var bounds = mayWait ? BOUNDS : BOUNDS_WITHOUT_WAITING;
        var batch = queue.take(bounds, IDLE_NANOS);
        if (batch.items().isEmpty()) {
            metrics.idle();
            return;
        }
        batch.items().forEach(QueuedItem::begin);
        List<QueuedItem> again = List.of();
        try {
            again = work.write(batch.items(), batch.alone() ? Locking.WAIT : Locking.SKIP);
        } finally {
            queue.finish(batch, again);
        }
        if (batch.alone()) {
            loneWaitEndedNanos = System.nanoTime();
        }
    }

    @Override
    public void start() {
        running = true;
        worker.start();
    }

    /// What is queued is still written.
    @Override
    public void stop() {
        running = false;
        try {
            queue.awaitEmpty(STOP_PATIENCE.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        worker.stopAfterRound(STOP_PATIENCE);
        for (var left : queue.drain()) {
            left.answer().completeExceptionally(MatrixException.unavailable("The server stops"));
        }
        work.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return LogFollower.PHASE + 1;
    }
}
