package dev.lares.core.log;

import dev.lares.core.health.ReadinessCheck;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Red while the log cannot be read, as when PostgreSQL hangs, also where nobody sends.
@Component
class LogReadiness implements ReadinessCheck {
    /// The log is asked for news twice a second.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AppliedPosition applied;

    LogReadiness(AppliedPosition applied) {
        this.applied = applied;
    }

    @Override
    public Optional<String> problem() {
        return applied.isConfirmedWithin(PATIENCE)
                ? Optional.empty()
                : Optional.of(
                        "The database has not said for " + PATIENCE.toSeconds() + " s what is new");
    }
}
