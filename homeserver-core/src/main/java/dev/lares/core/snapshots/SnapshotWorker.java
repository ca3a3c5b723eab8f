package dev.lares.core.snapshots;

import dev.lares.core.log.LogFollower;
import dev.lares.core.snapshots.SnapshotRepository.Snapshot;
import dev.lares.core.work.BackgroundLoop;
import dev.lares.core.work.BackgroundWork;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Looks for old snapshots every half minute, exports the age of the oldest as
/// `lares.postgres.oldest.snapshot`, and warns once of each that is older than five minutes.
@Component
@BackgroundWork
class SnapshotWorker extends BackgroundLoop {
    private static final Logger log = LoggerFactory.getLogger(SnapshotWorker.class);
    private static final Duration PERIOD = Duration.ofSeconds(30);
    private static final Duration OLD = Duration.ofMinutes(5);

    private final SnapshotRepository repository;
    private volatile double oldestSeconds = Double.NaN;
    private String warnedOf = "";

    SnapshotWorker(SnapshotRepository repository, MeterRegistry meters) {
        super("snapshots");
        this.repository = repository;
        TimeGauge.builder(
                        "lares.postgres.oldest.snapshot",
                        this,
                        TimeUnit.SECONDS,
                        self -> self.oldestSeconds)
                .description("Age of the oldest open snapshot of the database")
                .register(meters);
    }

    @Override
    protected void round() throws InterruptedException {
        try {
            look();
        } catch (DataAccessException e) {
            oldestSeconds = Double.NaN;
            log.debug("The oldest snapshot is not known", e);
        }
        pause(PERIOD);
    }

    /// One look.
    void look() {
        var oldest = repository.findOldest();
        oldestSeconds = oldest.map(Snapshot::age).orElse(Duration.ZERO).toMillis() / 1000.0;
        warn(oldest.filter(snapshot -> snapshot.age().compareTo(OLD) > 0));
    }

    private void warn(Optional<Snapshot> old) {
        var holder = old.map(Snapshot::holder).orElse("");
        if (!holder.isEmpty() && !holder.equals(warnedOf)) {
            log.warn(
                    "A transaction of the database has been open for more than {} ({}): while it"
                            + " is, all writes slow down",
                    OLD,
                    holder);
        }
        warnedOf = holder;
    }

    @Override
    public int getPhase() {
        return LogFollower.PHASE + 2;
    }
}
