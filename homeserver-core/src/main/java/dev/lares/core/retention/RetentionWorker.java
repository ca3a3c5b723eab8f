package dev.lares.core.retention;

import dev.lares.core.log.Lease;
import dev.lares.core.log.Leases;
import dev.lares.core.log.LogFollower;
import dev.lares.core.work.BackgroundWork;
import dev.lares.core.work.RetentionRule;
import dev.lares.core.work.Worker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Carries out all [RetentionRule]s every half hour, on the replica that holds the lease. Small
/// statements one after another, so that nobody waits for them.
@Component
@BackgroundWork
class RetentionWorker implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(RetentionWorker.class);
    private static final String LEASE = "retention";
    private static final Duration PERIOD = Duration.ofMinutes(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    private static final int CHUNK = 5_000;

    /// What is left then waits for the next round, so that one table does not keep out the others.
    private static final int CHUNKS_MAX = 1_000;

    private final List<RetentionRule> rules;
    private final Leases leases;
    private final MeterRegistry meters;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Worker worker = new Worker("retention", this::run);
    private volatile boolean running;

    RetentionWorker(List<RetentionRule> rules, Leases leases, MeterRegistry meters) {
        this.rules = List.copyOf(rules);
        this.leases = leases;
        this.meters = meters;
    }

    private void run() throws InterruptedException {
        var lease = leases.tryAcquire(LEASE);
        if (lease.isEmpty()) {
            pause(PATIENCE);
            return;
        }
        try {
            while (lease.get().isValid() && !stops()) {
                sweep(lease.get());
                pause(PERIOD);
            }
        } finally {
            leases.release(lease.get());
        }
    }

    /// One round.
    void sweep(Lease lease) {
        for (var rule : rules) {
            try {
                sweep(rule, lease);
            } catch (DataAccessException e) {
                log.warn("Old rows of {} stay for now", rule.table(), e);
            }
        }
    }

    private void sweep(RetentionRule rule, Lease lease) {
        int deleted = CHUNK;
        for (int n = 0; n < CHUNKS_MAX && deleted == CHUNK && lease.isValid() && !stops(); n++) {
            deleted = rule.deleteOld(CHUNK);
            meters.counter("lares.retention.deleted", "table", rule.table()).increment(deleted);
            log.debug("{} old rows of {} are deleted", deleted, rule.table());
        }
    }

    private void pause(Duration time) throws InterruptedException {
        if (stopping.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            log.debug("No round any more: the server stops");
        }
    }

    private boolean stops() {
        return stopping.getCount() == 0;
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
