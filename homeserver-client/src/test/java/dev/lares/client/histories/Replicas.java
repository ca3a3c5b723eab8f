package dev.lares.client.histories;

import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.Position;
import dev.lares.core.testing.TestHomeserver;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// Two servers on one database.
final class Replicas implements AutoCloseable {
    private final TestHomeserver first;
    private final TestHomeserver second;
    private final SingleConnectionDataSource connection;
    private final JdbcClient jdbc;

    Replicas(TestHomeserver first) {
        this.first = first.unobserved();
        second = first.replica(List.of());
        var database = first.database();
        connection =
                new SingleConnectionDataSource(
                        database.jdbcUrl(), database.username(), database.password(), true);
        jdbc = JdbcClient.create(connection);
    }

    List<TestHomeserver> all() {
        return List.of(first, second.unobserved());
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    /// Waits until both have applied all that is committed.
    void settle() {
        var head =
                new Position(
                        jdbc.sql("SELECT max(last_pos) FROM append_batch")
                                .query(Long.class)
                                .single());
        for (var server : all()) {
            try {
                if (!server.bean(AppliedPosition.class).await(head, Duration.ofSeconds(20))) {
                    throw new AssertionError("a replica does not come to position " + head);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        connection.destroy();
        second.stop();
    }
}
