package dev.lares.core.append;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/// What can be seen of the writer from outside.
@Component
class WriterMetrics {
    private final MeterRegistry meters;
    private final Timer batchTime;
    private final DistributionSummary batchSize;
    private final Counter refused;
    private final Counter missed;
    private final Counter repeated;
    private final Counter passing;
    private final Counter culprits;
    private final Counter unknown;
    private volatile long busySinceNanos;
    private volatile boolean busy;

    WriterMetrics(MeterRegistry meters) {
        this.meters = meters;
        batchTime =
                Timer.builder("lares.writer.batch.time")
                        .description("From taking a batch to its commit")
                        .publishPercentileHistogram()
                        .register(meters);
        batchSize =
                DistributionSummary.builder("lares.writer.batch.size")
                        .description("Items in a batch")
                        .publishPercentileHistogram()
                        .register(meters);
        refused = items("refused");
        missed = items("locked_elsewhere");
        repeated = items("repeated");
        passing = failures("passing");
        culprits = failures("culprit");
        unknown = failures("outcome_unknown");
    }

    private Counter items(String outcome) {
        return Counter.builder("lares.writer.items")
                .description("Items that were not written, by reason")
                .tag("outcome", outcome)
                .register(meters);
    }

    private Counter failures(String kind) {
        return Counter.builder("lares.writer.failures")
                .description("Batches that the database did not commit, by kind")
                .tag("kind", kind)
                .register(meters);
    }

    void watch(Supplier<Number> queueLength) {
        meters.gauge("lares.writer.queue", queueLength, supplier -> supplier.get().doubleValue());
    }

    void begin(int items) {
        batchSize.record(items);
        if (!busy) {
            busySinceNanos = System.nanoTime();
            busy = true;
        }
    }

    /// The database has answered a batch.
    void end(long sinceNanos) {
        batchTime.record(System.nanoTime() - sinceNanos, TimeUnit.NANOSECONDS);
        busy = false;
    }

    /// Nobody wants anything written.
    void idle() {
        busy = false;
    }

    /// For how long the writer has been trying to get something written.
    long busyNanos() {
        return busy ? System.nanoTime() - busySinceNanos : 0;
    }

    void count(Decision decision) {
        switch (decision) {
            case Decision.Refused ignored -> refused.increment();
            case Decision.Missed ignored -> missed.increment();
            case Decision.Repeated ignored -> repeated.increment();
            case Decision.Written ignored -> {}
            case Decision.Stale ignored -> {}
            case Decision.Received ignored -> {}
            case Decision.Incomplete ignored -> {}
        }
    }

    void failed(SqlFailure failure) {
        switch (failure) {
            case PASSING -> passing.increment();
            case CULPRIT -> culprits.increment();
        }
    }

    void outcomeUnknown() {
        unknown.increment();
    }
}
