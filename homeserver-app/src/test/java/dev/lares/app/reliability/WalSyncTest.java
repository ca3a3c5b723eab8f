package dev.lares.app.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A killed process leaves the system's page cache behind, so no kill shows that a commit reached
/// the disk. What shows it is that PostgreSQL waited for the disk at each.
@HomeserverTest
class WalSyncTest {
    private static final int MESSAGES = 100;

    private record Counted(long syncs, long batches) {}

    @Test
    void happensForEachBatchThatIsAcknowledged(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var jdbc = JdbcClient.create(server.database().dataSource());
        var before = count(jdbc);
        for (int i = 0; i < MESSAGES; i++) {
            alice.say(room, "message " + i);
        }
        var after = count(jdbc);
        long batches = after.batches() - before.batches();
        assertThat(batches).isGreaterThanOrEqualTo(MESSAGES);
        assertThat(after.syncs() - before.syncs()).isGreaterThanOrEqualTo(batches);
    }

    /// A session tells its numbers when it ends; the writer makes a new one.
    private static Counted count(JdbcClient jdbc) {
        var end =
                """
                SELECT count(*) FILTER (WHERE pg_terminate_backend(pid, 30000))
                FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'lares writer'
                """;
        assertThat(jdbc.sql(end).query(Integer.class).single()).isEqualTo(1);
        var batches = "SELECT count(*) FROM append_batch";
        return new Counted(
                jdbc.sql(syncs(jdbc)).query(Long.class).single(),
                jdbc.sql(batches).query(Long.class).single());
    }

    /// PostgreSQL 18 counts them elsewhere.
    private static String syncs(JdbcClient jdbc) {
        var sql = "SELECT current_setting('server_version_num')::int";
        return jdbc.sql(sql).query(Integer.class).single() >= 180_000
                ? "SELECT sum(fsyncs) FROM pg_stat_io WHERE object = 'wal'"
                : "SELECT wal_sync FROM pg_stat_wal";
    }
}
