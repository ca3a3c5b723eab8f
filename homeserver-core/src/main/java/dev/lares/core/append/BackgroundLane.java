package dev.lares.core.append;

import dev.lares.core.error.MatrixException;
import dev.lares.core.state.StaleLinesException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;

/// Where events leave the batch for that need states to be read or resolved: computed beside the
/// writer, without its locks, within a time budget, and given back to it. A room that is slow to
/// resolve delays nobody but itself: of each room one event is here at a time.
@Component
class BackgroundLane {
    private static final Logger log = LoggerFactory.getLogger(BackgroundLane.class);
    private static final Duration BUDGET = Duration.ofSeconds(30);
    private static final int WAITING_MAX = 1024;
    private static final int THREADS_MIN = 4;
    private static final int ATTEMPTS = 3;

    private final ReceivedAssessor assessor;
    private final CurrentResolver resolver;
    private final Failpoints failpoints;
    private final Timer time;
    private final ThreadPoolExecutor threads;
    private volatile @Nullable Consumer<QueuedItem> writer;

    BackgroundLane(
            ReceivedAssessor assessor,
            CurrentResolver resolver,
            Failpoints failpoints,
            MeterRegistry meters) {
        this.failpoints = failpoints;
        this.assessor = assessor;
        this.resolver = resolver;
        time =
                Timer.builder("lares.writer.background.time")
                        .description("What an event spends away from the writer, for its states")
                        .publishPercentileHistogram()
                        .register(meters);
        int size = Math.max(THREADS_MIN, Runtime.getRuntime().availableProcessors());
        threads =
                new ThreadPoolExecutor(
                        size,
                        size,
                        1,
                        TimeUnit.MINUTES,
                        new ArrayBlockingQueue<>(WAITING_MAX),
                        Thread.ofPlatform().daemon().name("state-resolution-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /// @param ready takes items back
    void open(Consumer<QueuedItem> ready) {
        writer = ready;
    }

    /// Never waits.
    void submit(QueuedItem item, Need need) {
        long began = System.nanoTime();
        Future<?> work;
        try {
            work =
                    threads.submit(() -> {
                        failpoints.reached(Failpoints.Place.STATES_WANTED);
                        satisfy(need);
                        return item;
                    });
        } catch (RejectedExecutionException e) {
            refuse(item, "The server has more states to resolve than it can; try again");
            return;
        }
        long budget =
                Math.min(BUDGET.toNanos(), Math.max(1, item.deadlineNanos() - System.nanoTime()));
        Thread.startVirtualThread(() -> {
            await(item, work, budget);
            time.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        });
    }

    private void await(QueuedItem item, Future<?> work, long budgetNanos) {
        try {
            work.get(budgetNanos, TimeUnit.NANOSECONDS);
            var ready = writer;
            if (ready != null) {
                ready.accept(item);
            }
        } catch (TimeoutException e) {
            work.cancel(true);
            refuse(item, "The states of the room take too long to resolve");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            refuse(item, "The server stops");
        } catch (CancellationException e) {
            refuse(item, "The server stops");
        } catch (ExecutionException e) {
            fail(item, Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    private static void fail(QueuedItem item, Throwable cause) {
        switch (cause) {
            case CancellationException _ -> refuse(item, "The server stops");
            case DataAccessException outage -> {
                log.warn("The state of an event cannot be read", outage);
                refuse(item, "The database did not answer; try again");
            }
            case Throwable bug -> {
                log.error("The state of an event cannot be found out", bug);
                item.answer().completeExceptionally(bug);
            }
        }
    }

    /// Another replica may change the room's lines meanwhile, and a connection may break.
    private void satisfy(Need need) {
        for (int attempt = 1; ; attempt++) {
            try {
                switch (need) {
                    case Need.Assess(var room, var incoming) ->
                            incoming.assessed(assessor.assess(room, incoming.pdu()));
                    case Need.Resolve resolve -> {
                        resolve.incoming().assessed(resolve.assessment());
                        resolver.resolve(resolve);
                    }
                }
                return;
            } catch (StaleLinesException | TransientDataAccessException passing) {
                if (attempt == ATTEMPTS) {
                    throw passing;
                }
                log.debug("Tried again", passing);
            }
        }
    }

    private static void refuse(QueuedItem item, String message) {
        item.answer().completeExceptionally(MatrixException.unavailable(message));
    }

    void close() {
        for (var left : threads.shutdownNow()) {
            if (left instanceof Future<?> work) {
                work.cancel(false);
            }
        }
    }
}
