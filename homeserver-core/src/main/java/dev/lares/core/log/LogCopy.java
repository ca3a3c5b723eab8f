package dev.lares.core.log;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The log of a database that is copied.
///
/// @param head the committed head
/// @param systemIdentifier of the cluster that the log was last written on
/// @param timeline of that cluster's WAL
public record LogCopy(Position head, String systemIdentifier, String timeline) {
    private static final Instant MINUTE_ZERO = Instant.parse("2026-01-01T00:00:00Z");
    private static final int EPOCH_BITS = 32;

    /// Where the log stands, in the connection's transaction; empty where no server ever started.
    public static Optional<LogCopy> find(Connection connection) {
        return new LogEpochRepository(connection)
                .findOrigin()
                .map(origin ->
                        new LogCopy(
                                new AppendBatchRepository(connection).getHead(),
                                origin.systemIdentifier(),
                                origin.timeline()));
    }

    /// Moves the log on in a database that was filled from a copy, in the connection's transaction:
    /// clients hold positions that its servers gave out after the copy was made. Positions follow
    /// the minute, so that a second restore of one copy does not give again what servers gave out
    /// after the first. Does nothing where no server ever started on the original.
    public static void moveOn(Connection connection, Instant now) {
        var log = find(connection);
        if (log.isPresent()) {
            var repository = new LogEpochRepository(connection);
            long minutes = Math.max(0, Duration.between(MINUTE_ZERO, now).toMinutes());
            long beyond = Math.max(log.get().head().value() + 1, minutes << EPOCH_BITS);
            repository.moveOn(repository.getOrigin(), beyond);
        }
    }
}
