package dev.lares.core.log;

import java.sql.SQLException;
import org.springframework.stereotype.Component;

/// The committed head of the log, which this replica may not have applied yet.
@Component
public class LogHead {
    private final AppendBatchRepository batches;
    private final LogConnections connections;
    private final LogEpoch epoch;

    LogHead(AppendBatchRepository batches, LogConnections connections, LogEpoch epoch) {
        this.batches = batches;
        this.connections = connections;
        this.epoch = epoch;
    }

    /// Whether a position that was given out is one that the log does not know: an older copy of
    /// the database was put back. The log has then moved on beyond it, so that it is not given out
    /// again.
    public boolean hasLost(Position givenOut) {
        if (!givenOut.isAfter(batches.getHead())) {
            return false;
        }
        try (var connection = connections.open("lares log head")) {
            epoch.moveBeyond(connection, givenOut);
        } catch (SQLException e) {
            throw new IllegalStateException("The log could not be moved on", e);
        }
        return true;
    }
}
