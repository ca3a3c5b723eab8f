package dev.lares.core.work;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A background loop on a virtual thread of its own. A round that fails is logged, and after a
/// pause the next one begins.
public final class Worker {
    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

    private final String name;
    private final Round round;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Thread thread;

    /// One round of a loop. It may wait, and ends early when the thread is interrupted.
    public interface Round {
        void run() throws Exception;
    }

    /// @param name of the thread and in the log
    public Worker(String name, Round round) {
        this.name = name;
        this.round = round;
    }

    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofVirtual().name(name).start(this::loop);
        }
    }

    /// Interrupts the round under way and waits for its end, at most that long.
    public void stop(Duration patience) {
        stopped.countDown();
        var running = running();
        if (running != null) {
            running.interrupt();
            await(running, patience);
        }
    }

    /// Lets the round under way come to its end, for which it has that long, then interrupts it.
    public void stopAfterRound(Duration patience) {
        stopped.countDown();
        var running = running();
        if (running != null && !await(running, patience)) {
            running.interrupt();
        }
    }

    private synchronized @Nullable Thread running() {
        return thread == Thread.currentThread() ? null : thread;
    }

    private boolean await(Thread running, Duration patience) {
        try {
            if (running.join(patience)) {
                return true;
            }
            if (!patience.isZero()) {
                log.warn("{} did not end within {}", name, patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    public boolean isStopping() {
        return stopped.getCount() == 0;
    }

    private void loop() {
        while (!isStopping()) {
            try {
                runRound();
            } catch (InterruptedException e) {
                // Only stop() interrupts.
                return;
            }
        }
    }

    private void runRound() throws InterruptedException {
        try {
            round.run();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | Error failure) {
            if (isStopping()) {
                return;
            }
            log.error("{} failed, and goes on in {}", name, PAUSE_AFTER_FAILURE, failure);
            boolean ended = stopped.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
            if (ended) {
                log.debug("{} was stopped", name);
            }
        }
    }
}
