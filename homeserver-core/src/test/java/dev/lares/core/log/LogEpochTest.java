package dev.lares.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabaseExtension.class)
class LogEpochTest {
    private static final long STEP = 1L << 32;

    @Test
    void movesTheLogOnWhenTheDatabaseIsOnAnotherTimeline(TestDatabase database) throws Exception {
        try (var running = new LogNode(database)) {
            var before = Appends.row(running);
            var moved = new AtomicInteger();
            running.applied().addListener(new Moved(moved));
            execute(database, "UPDATE log_epoch SET timeline = '7FFFFFFF'");

            try (var started = new LogNode(database)) {
                assertThat(started.applied().current().value()).isEqualTo(before.value() + STEP);
                var after = Appends.row(started);
                assertThat(after.value()).isEqualTo(before.value() + STEP + 1);
                assertThat(running.applied().await(after, Duration.ofSeconds(5))).isTrue();
                assertThat(moved).hasValue(1);
            }
            // Seen once, the change is no news.
            try (var again = new LogNode(database)) {
                assertThat(again.applied().current().value()).isLessThan(before.value() + 2 * STEP);
            }
        }
    }

    @Test
    void refusesADatabaseThatForgetsWhatItConfirmed(TestDatabase database) throws Exception {
        var name = database.jdbcUrl().replaceAll(".*/|[?].*", "");
        execute(database, "ALTER DATABASE \"" + name + "\" SET synchronous_commit = off");
        try {
            assertThatThrownBy(() -> new LogNode(database).close())
                    .rootCause()
                    .isInstanceOf(UnsafeDatabaseException.class)
                    .hasMessageContaining("synchronous_commit=off");
        } finally {
            execute(database, "ALTER DATABASE \"" + name + "\" RESET synchronous_commit");
        }
    }

    private record Moved(AtomicInteger count) implements AppliedBatch.Listener {
        @Override
        public void applied(AppliedBatch batch) {
            assertThat(batch.last().value()).isPositive();
        }

        @Override
        public void movedOn() {
            count.incrementAndGet();
        }
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                database.jdbcUrl(), database.username(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
