package dev.lares.core.log;

import dev.lares.core.work.Worker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Keeps the [applied position][AppliedPosition] at the head of the log: reads what was appended
/// whenever a notification comes, when told that something is missing, and twice a second anyway,
/// since a notification is only a hint.
@Component
public class LogFollower implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(LogFollower.class);
    private static final int POLL_MILLIS = 500;
    private static final int BATCHES_A_READ = 500;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    /// Starts before all that appends and serves, and stops after them.
    public static final int PHASE = 1000;

    private final AppendBatchRepository batches;
    private final AppliedPosition applied;
    private final LogConnections connections;
    private final LogEpoch epoch;
    private final ObjectProvider<AppliedBatch.Listener> listeners;
    private final Semaphore wanted = new Semaphore(0);
    private final Worker follower = new Worker("log-follower", this::follow);
    private final Worker ear = new Worker("log-listen", this::listen);
    private volatile boolean running;
    private volatile @Nullable Connection listening;

    LogFollower(
            AppendBatchRepository batches,
            AppliedPosition applied,
            LogConnections connections,
            LogEpoch epoch,
            ObjectProvider<AppliedBatch.Listener> listeners) {
        this.batches = batches;
        this.applied = applied;
        this.connections = connections;
        this.epoch = epoch;
        this.listeners = listeners;
    }

    @Override
    public void start() {
        try (var connection = connections.open("lares log check")) {
            epoch.verify(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("The database cannot be reached", e);
        }
        listeners.orderedStream().forEach(applied::addListener);
        long asked = System.nanoTime();
        applied.start(batches.getHead(), wanted::release);
        applied.confirm(asked);
        running = true;
        follower.start();
        ear.start();
    }

    @Override
    public void stop() {
        running = false;
        ear.stop(Duration.ZERO);
        close(listening);
        follower.stop(STOP_PATIENCE);
        ear.stop(STOP_PATIENCE);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void follow() throws InterruptedException {
        if (wanted.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            wanted.drainPermits();
        }
        while (catchUp() == BATCHES_A_READ) {
            log.debug("More than {} batches at once", BATCHES_A_READ);
        }
    }

    /// Applies what follows; answers how many batches there were.
    private int catchUp() {
        long asked = System.nanoTime();
        var rows = batches.findAfter(applied.current(), BATCHES_A_READ);
        for (var row : rows) {
            if (applied.offer(row.batch(), row.movedOn()) == AppliedPosition.Outcome.AHEAD) {
                throw new IllegalStateException(
                        "append_batch has a hole before first_pos "
                                + row.batch().first().value()
                                + "; applied up to "
                                + applied.current().value());
            }
        }
        if (rows.size() < BATCHES_A_READ) {
            applied.confirm(asked);
        }
        return rows.size();
    }

    private void listen() throws SQLException {
        try (var connection = connections.open("lares log listen")) {
            listening = connection;
            try (var statement = connection.createStatement()) {
                statement.execute("LISTEN lares_log");
            }
            wanted.release(); // what came while nobody listened
            var notifications = connection.unwrap(PGConnection.class);
            while (!ear.isStopping()) {
                for (var heard : notifications.getNotifications(POLL_MILLIS)) {
                    if (Long.parseLong(heard.getParameter()) > applied.current().value()) {
                        wanted.release();
                    }
                }
            }
        } finally {
            listening = null;
        }
    }

    private static void close(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                log.debug("The listening connection was broken already", e);
            }
        }
    }
}
