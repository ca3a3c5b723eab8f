package dev.lares.client.sync;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/// Lets as many answers be built as can do something at once: a thousand syncs that wake together
/// must not starve the senders.
@Component
public class AnswerPermits {
    private static final int PATIENCE_SECONDS = 20;

    private final Semaphore permits =
            new Semaphore(2 * Runtime.getRuntime().availableProcessors(), true);
    private final Timer building;

    AnswerPermits(MeterRegistry meters) {
        building =
                Timer.builder("lares.sync.build")
                        .description("Time to build one chunk of an answer")
                        .register(meters);
    }

    /// Builds one chunk. `M_UNKNOWN` with status 503 where no permit came in time.
    public <T> T permitted(Supplier<T> build) {
        try {
            if (!permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw SyncRunner.busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SyncRunner.busy();
        }
        try {
            return building.record(build);
        } finally {
            permits.release();
        }
    }
}
