package dev.lares.core.log;

import dev.lares.core.work.Worker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Removes batch rows and answers to repeated requests that are older than a day. Deleting twice
/// does no harm, so each replica does it.
@Component
class LogPruning implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(LogPruning.class);
    private static final Duration PERIOD = Duration.ofMinutes(30);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final AppendBatchRepository batches;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Worker worker = new Worker("log-pruning", this::prune);
    private volatile boolean running;

    LogPruning(AppendBatchRepository batches) {
        this.batches = batches;
    }

    private void prune() throws InterruptedException {
        if (stopping.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
        }
        int rows = batches.prune();
        int answers = batches.pruneAnswers();
        log.debug("Removed {} batch rows and {} answers", rows, answers);
    }

    @Override
    public void start() {
        running = true;
        worker.start();
    }

    @Override
    public void stop() {
        running = false;
        stopping.countDown();
        worker.stop(STOP_PATIENCE);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return LogFollower.PHASE + 2;
    }
}
