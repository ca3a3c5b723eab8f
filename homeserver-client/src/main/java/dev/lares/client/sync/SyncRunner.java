package dev.lares.client.sync;

import dev.lares.core.error.MatrixException;
import dev.lares.core.health.ParkedRequests;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/// Answers syncs at once or when something comes.
@Component
public class SyncRunner implements ParkedRequests, DisposableBean {
    /// Longest time that a client may ask us to wait.
    static final Duration TIMEOUT_MAX = Duration.ofMinutes(10);

    /// The container's own timeout only catches what went wrong: where it comes in the very moment
    /// in which an answer is handed over, the container answers 500.
    private static final Duration CONTAINER_PATIENCE = Duration.ofSeconds(30);

    private final ParkedSyncs parked;
    private volatile boolean released;
    private final ExecutorService executor =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("sync-", 0).factory());
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("sync-timer").factory());

    SyncRunner(ParkedSyncs parked) {
        this.parked = parked;
        parked.onWake(this::wake);
        timer.setRemoveOnCancelPolicy(true);
    }

    /// @param timeout how long to wait where there is nothing to tell; zero: not at all
    public DeferredResult<SyncAnswer> run(Awaited awaited, Duration timeout) {
        var bounded = timeout.compareTo(TIMEOUT_MAX) > 0 ? TIMEOUT_MAX : timeout;
        var result = new DeferredResult<SyncAnswer>(bounded.plus(CONTAINER_PATIENCE).toMillis());
        var first = awaited.look();
        if (first.isPresent()) {
            result.setResult(first.get());
        } else if (bounded.isZero()) {
            result.setResult(awaited.nothing());
        } else {
            park(new ParkedSync(awaited, result), bounded);
        }
        return result;
    }

    private void park(ParkedSync sync, Duration timeout) {
        var alarm =
                timer.schedule(
                        () -> executor.execute(() -> end(sync)),
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
        sync.result()
                .onCompletion(() -> {
                    alarm.cancel(false);
                    parked.remove(sync);
                });
        sync.result().onTimeout(() -> end(sync));
        parked.add(sync).ifPresent(this::end);
        if (released) {
            end(sync); // the server stops: nothing is to wait any more
            return;
        }
        // What came between the first look and now has woken nobody.
        wake(sync);
    }

    private void end(ParkedSync sync) {
        parked.remove(sync);
        sync.result().setResult(sync.awaited().nothing());
    }

    private void wake(ParkedSync sync) {
        if (sync.wake()) {
            executor.execute(() -> look(sync));
        }
    }

    private void look(ParkedSync sync) {
        int seen;
        do {
            if (sync.result().isSetOrExpired()) {
                return;
            }
            seen = sync.wakesSeen();
            try {
                var answer = sync.awaited().look();
                if (answer.isPresent()) {
                    parked.remove(sync);
                    sync.result().setResult(answer.get());
                    return;
                }
            } catch (RuntimeException e) {
                parked.remove(sync);
                sync.result().setErrorResult(e);
                return;
            }
        } while (!sync.settled(seen));
    }

    /// What one answers whom the server cannot serve now.
    public static MatrixException busy() {
        return MatrixException.unavailable("The server is too busy to answer now");
    }

    @Override
    public void release() {
        released = true;
        parked.all().forEach(this::end);
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
