package dev.lares.core.snapshots;

import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class SnapshotRepository {
    private final JdbcClient jdbc;

    SnapshotRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Whose snapshot it is.
    ///
    /// @param holder process, application and role, or the name of a prepared transaction
    record Snapshot(String holder, Duration age) {}

    /// The oldest that keeps rows of this database from being cleaned up: of a session or of a
    /// prepared transaction. Sees sessions of other roles only with `pg_read_all_stats`.
    Optional<Snapshot> findOldest() {
        var sql =
                """
                SELECT holder, extract(epoch FROM clock_timestamp() - since) AS seconds FROM (
                    SELECT concat_ws(' ', 'process', pid, application_name, usename) AS holder, xact_start AS since
                    FROM pg_stat_activity
                    WHERE (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL)
                      AND backend_type = 'client backend'
                      AND datname = current_database() AND pid <> pg_backend_pid()
                    UNION ALL
                    SELECT 'prepared transaction ' || gid, prepared
                    FROM pg_prepared_xacts WHERE database = current_database()) s
                WHERE since IS NOT NULL
                ORDER BY since
                LIMIT 1
                """;
        return jdbc.sql(sql)
                .query((row, n) ->
                        new Snapshot(
                                row.getString("holder"),
                                Duration.ofMillis((long) (row.getDouble("seconds") * 1000))))
                .optional();
    }
}
