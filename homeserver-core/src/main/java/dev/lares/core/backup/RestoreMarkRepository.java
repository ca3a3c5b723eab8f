package dev.lares.core.backup;

import java.sql.Connection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// `restore_unfinished`, a table that is there while a restore is under way, and after one that was
/// killed. It is made by no migration: a database that is in use never has it.
class RestoreMarkRepository {
    /// Any number that nobody else takes: held by a session that restores.
    private static final long LOCK = 0x4C41_5245_5301L;

    private final JdbcClient jdbc;

    RestoreMarkRepository(Connection connection) {
        jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    boolean exists() {
        var sql = "SELECT to_regclass('restore_unfinished') IS NOT NULL";
        return jdbc.sql(sql).query(Boolean.class).single();
    }

    void create() {
        jdbc.sql("CREATE TABLE IF NOT EXISTS restore_unfinished (begun_at timestamptz NOT NULL)")
                .update();
        var comment =
                """
                COMMENT ON TABLE restore_unfinished IS 'While it is here, a restore has not ended and no server starts. Retention: until a restore has ended.'
                """;
        jdbc.sql(comment).update();
        jdbc.sql("INSERT INTO restore_unfinished (begun_at) VALUES (now())").update();
    }

    void drop() {
        jdbc.sql("DROP TABLE restore_unfinished").update();
    }

    /// False where another session restores. Held until the connection is closed.
    boolean tryLock() {
        return jdbc.sql("SELECT pg_try_advisory_lock(:lock)")
                .param("lock", LOCK)
                .query(Boolean.class)
                .single();
    }
}
