package dev.lares.core.log;

import java.sql.Connection;
import java.util.ArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Whether a connection may advance the log: the database must keep what it confirms, and must be
/// the one that the log was last written on. After a promotion or a restore the log moves on by
/// 2^32 first, because the database may have lost positions that clients have seen.
@Component
public class LogEpoch {
    private static final Logger log = LoggerFactory.getLogger(LogEpoch.class);

    private final LogSecrets secrets;

    LogEpoch(LogSecrets secrets) {
        this.secrets = secrets;
    }

    /// Which database: the cluster and the timeline of its WAL.
    record Origin(String systemIdentifier, String timeline) {}

    /// Called with each new connection that is to write. Throws [UnsafeDatabaseException] where the
    /// settings lose what was confirmed.
    public void verify(Connection connection) {
        var repository = new LogEpochRepository(connection);
        requireDurable(repository.getDurability());
        secrets.stateHashKey(); // the first start makes the row
        var origin = repository.getOrigin();
        var known = repository.findOrigin().orElseThrow();
        if (!known.equals(origin)) {
            long head = repository.moveOn(origin, 0);
            log.warn(
                    "The database is not the one that was last written to ({}, now {}): promoted"
                            + " or restored. The log moves on to {}.",
                    known,
                    origin,
                    head);
        }
    }

    /// Called when a genuine token is beyond the head: a volume snapshot was put back, which keeps
    /// both ids of the database.
    void moveBeyond(Connection connection, Position token) {
        var repository = new LogEpochRepository(connection);
        requireDurable(repository.getDurability());
        long head = repository.moveOn(repository.getOrigin(), token.value());
        log.warn(
                "A client was given the position {}, which the database does not know: an older"
                        + " copy was put back. The log moves on to {}.",
                token.value(),
                head);
    }

    private static void requireDurable(LogEpochRepository.Durability durability) {
        if (durability.standby()) {
            throw new UnsafeDatabaseException(
                    "The database is a standby and cannot be written to. Point"
                            + " spring.datasource.url at the primary.");
        }
        var unsafe = new ArrayList<String>();
        if (durability.fsync().equals("off")) {
            unsafe.add("fsync=off");
        }
        if (durability.fullPageWrites().equals("off")) {
            unsafe.add("full_page_writes=off");
        }
        if (durability.synchronousCommit().equals("off")) {
            unsafe.add("synchronous_commit=off");
        }
        if (!unsafe.isEmpty()) {
            throw new UnsafeDatabaseException(
                    "The database runs with "
                            + String.join(", ", unsafe)
                            + ": a crash would lose or damage what the server has confirmed."
                            + " Turn this on in PostgreSQL and start again.");
        }
    }
}
