package dev.lares.core.retention;

import dev.lares.core.log.Lease;
import dev.lares.core.log.Leases;
import dev.lares.core.log.LogFollower;
import dev.lares.core.work.BackgroundLoop;
import dev.lares.core.work.BackgroundWork;
import dev.lares.core.work.RetentionRule;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Carries out all [RetentionRule]s every half hour, on the replica that holds the lease. Small
/// statements one after another, so that nobody waits for them.
@Component
@BackgroundWork
class RetentionWorker extends BackgroundLoop {
    private static final Logger log = LoggerFactory.getLogger(RetentionWorker.class);
    private static final String LEASE = "retention";
    private static final Duration PERIOD = Duration.ofMinutes(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int CHUNK = 5_000;

    /// What is left then waits for the next round, so that one table does not keep out the others.
    private static final int CHUNKS_MAX = 1_000;

    private final List<RetentionRule> rules;
    private final Leases leases;
    private final MeterRegistry meters;

    RetentionWorker(List<RetentionRule> rules, Leases leases, MeterRegistry meters) {
        super("retention");
        this.rules = List.copyOf(rules);
        this.leases = leases;
        this.meters = meters;
    }

    @Override
    protected void round() throws InterruptedException {
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

    @Override
    public int getPhase() {
        return LogFollower.PHASE + 2;
    }
}
