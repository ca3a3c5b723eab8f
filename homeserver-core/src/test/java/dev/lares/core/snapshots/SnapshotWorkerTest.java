package dev.lares.core.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

@ExtendWith(TestDatabaseExtension.class)
class SnapshotWorkerTest {
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private TestDatabase database;
    private SnapshotWorker worker;

    @BeforeEach
    void open(TestDatabase given) {
        database = given;
        var jdbc = JdbcClient.create(given.dataSource());
        worker = new SnapshotWorker(new SnapshotRepository(jdbc), meters);
    }

    @Test
    void tellsTheAgeOfATransactionThatKeepsItsSnapshot() throws SQLException {
        assertThat(age()).isNaN();
        worker.look();
        assertThat(age()).isZero();
        try (var reader = begin("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")) {
            // It grows, and is never more than the time since the transaction began.
            await().until(() -> {
                worker.look();
                return age() > 0.2;
            });
            assertThat(age()).isLessThanOrEqualTo(seconds(reader));
        }
        await().until(() -> {
            worker.look();
            return age() == 0;
        });
    }

    @Test
    void tellsTheAgeOfATransactionThatHasWritten() throws SQLException {
        try (var writer = begin("SELECT pg_current_xact_id()")) {
            await().until(() -> {
                worker.look();
                return age() > 0.2;
            });
            assertThat(age()).isLessThanOrEqualTo(seconds(writer));
        }
    }

    @Test
    void doesNotMindASessionThatIsOpenAndHoldsNothing() throws SQLException {
        try (var idle = database.dataSource().getConnection()) {
            assertThat(idle.isValid(5)).isTrue();
            worker.look();
            assertThat(age()).isZero();
        }
    }

    private Connection begin(String first) throws SQLException {
        var connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(first);
            statement.execute("SELECT count(*) FROM room");
        }
        return connection;
    }

    /// Since the connection's transaction began.
    private static double seconds(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT extract(epoch FROM clock_timestamp() - now())")) {
            rows.next();
            return rows.getDouble(1);
        }
    }

    private double age() {
        return meters.get("lares.postgres.oldest.snapshot").timeGauge().value(TimeUnit.SECONDS);
    }
}
