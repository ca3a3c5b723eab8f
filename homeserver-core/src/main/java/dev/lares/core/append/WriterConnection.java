package dev.lares.core.append;

import dev.lares.core.log.LogConnections;
import dev.lares.core.log.LogEpoch;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// The writer's one connection, opened anew when it breaks. Used by the writer's thread only, but
/// for [#close()].
@Component
class WriterConnection {
    private static final Logger log = LoggerFactory.getLogger(WriterConnection.class);

    private final LogConnections connections;
    private final LogEpoch epoch;
    private final RoomMemories memories;
    private final NumberPool numbers;
    private volatile @Nullable Connection current;

    WriterConnection(
            LogConnections connections, LogEpoch epoch, RoomMemories memories, NumberPool numbers) {
        this.connections = connections;
        this.epoch = epoch;
        this.memories = memories;
        this.numbers = numbers;
    }

    Connection get() throws SQLException {
        var open = current;
        if (open != null) {
            return open;
        }
        var made = connections.open("lares writer");
        try {
            epoch.verify(made);
        } catch (RuntimeException e) {
            made.close();
            throw new SQLException("The database is not fit to be written to", "08004", e);
        }
        // What the database has lost, memory must not know, and numbers it may give again.
        memories.forgetAll();
        numbers.forget();
        current = made;
        return made;
    }

    /// Ends the transaction that failed.
    void rollback() {
        var open = current;
        if (open == null) {
            return;
        }
        try {
            open.rollback();
        } catch (SQLException e) {
            log.debug("The rollback failed, so the connection is given up", e);
            close();
        }
    }

    void close() {
        var open = current;
        current = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (SQLException e) {
            log.debug("The connection was broken already", e);
        }
    }
}
