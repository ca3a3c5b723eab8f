package dev.lares.core.append;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.AppendResult;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.LogFollower;
import dev.lares.core.log.LogWriter;
import dev.lares.core.work.Worker;
import java.time.Duration;
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
    private static final int BATCH_ITEMS_MAX = 256;
    private static final long BATCH_BYTES_MAX = 4L << 20;

    /// After so many times that its room was locked by another replica an item waits for it.
    private static final int MISSES_MAX = 3;

    private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final AppendQueue queue;
    private final BatchWork work;
    private final AppliedPosition applied;
    private final Worker worker = new Worker("log-writer", this::writeNext);
    private volatile boolean running;

    BatchingWriter(
            WriterProperties properties,
            BatchWork work,
            AppliedPosition applied,
            WriterMetrics metrics) {
        this.queue = new AppendQueue(properties.queueMax());
        this.work = work;
        this.applied = applied;
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
            throw unavailable("The server has more to write than it can; try again");
        }
        try {
            var result =
                    queued.answer().get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            var left = Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
            if (!applied.await(result.position(), left)) {
                throw unavailable("It was written, but this replica has not seen it yet");
            }
            return result;
        } catch (TimeoutException e) {
            queued.answer().cancel(false);
            throw unavailable("The database did not answer in time; it may still be written");
        } catch (InterruptedException e) {
            queued.answer().cancel(false);
            Thread.currentThread().interrupt();
            throw unavailable("The server stops");
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

    static MatrixException unavailable(String message) {
        return new MatrixException(ErrorCode.M_UNKNOWN, 503, message);
    }

    private void writeNext() throws InterruptedException {
        var batch = queue.take(BATCH_ITEMS_MAX, BATCH_BYTES_MAX, MISSES_MAX, IDLE_NANOS);
        if (batch.isEmpty()) {
            return;
        }
        boolean alone = batch.getFirst().goesAlone(MISSES_MAX);
        queue.putBack(
                work.write(
                        batch,
                        alone ? BasisQuery.Locking.WAIT : BasisQuery.Locking.SKIP));
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
        long patience = System.nanoTime() + STOP_PATIENCE.toNanos();
        while (queue.size() > 0 && System.nanoTime() < patience) {
            Thread.onSpinWait();
        }
        worker.stop(STOP_PATIENCE);
        for (var left : queue.drain()) {
            left.answer().completeExceptionally(unavailable("The server stops"));
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
