package dev.lares.core.append;

import dev.lares.core.health.ReadinessCheck;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Red while commits stall, as they do when a synchronous standby is lost: reads go on, but what is
/// sent waits.
@Component
class WriterReadiness implements ReadinessCheck {
    private final WriterMetrics metrics;
    private final Duration stallAfter;

    WriterReadiness(WriterMetrics metrics, WriterProperties properties) {
        this.metrics = metrics;
        this.stallAfter = properties.stallAfter();
    }

    @Override
    public Optional<String> problem() {
        long busyNanos = metrics.busyNanos();
        return busyNanos > stallAfter.toNanos()
                ? Optional.of(
                        "Nothing could be written for "
                                + Duration.ofNanos(busyNanos).toSeconds()
                                + " s")
                : Optional.empty();
    }
}
