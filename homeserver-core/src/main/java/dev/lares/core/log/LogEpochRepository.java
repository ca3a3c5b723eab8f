package dev.lares.core.log;

import java.sql.Connection;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// `log_epoch`, and what a database says of itself, over one given connection.
class LogEpochRepository {
    private final JdbcClient jdbc;

    LogEpochRepository(Connection connection) {
        jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    LogEpochRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What decides whether a commit survives.
    record Durability(
            String fsync, String fullPageWrites, String synchronousCommit, boolean standby) {}

    Durability getDurability() {
        var sql =
                """
                SELECT current_setting('fsync') AS fsync,
                       current_setting('full_page_writes') AS full_page_writes,
                       current_setting('synchronous_commit') AS synchronous_commit,
                       pg_is_in_recovery() AS standby
                """;
        return jdbc.sql(sql)
                .query((row, n) ->
                        new Durability(
                                row.getString("fsync"),
                                row.getString("full_page_writes"),
                                row.getString("synchronous_commit"),
                                row.getBoolean("standby")))
                .single();
    }

    /// Which cluster this is, and on which of its timelines. The WAL's own name, since the control
    /// file shows the old timeline until the checkpoint after a promotion.
    LogEpoch.Origin getOrigin() {
        var sql =
                """
                SELECT system_identifier::text AS system_identifier,
                       left(pg_walfile_name(pg_current_wal_lsn()), 8) AS timeline
                FROM pg_control_system()
                """;
        return jdbc.sql(sql)
                .query((row, n) ->
                        new LogEpoch.Origin(
                                row.getString("system_identifier"), row.getString("timeline")))
                .single();
    }

    Optional<LogEpoch.Origin> findOrigin() {
        var sql = "SELECT system_identifier, timeline FROM log_epoch";
        return jdbc.sql(sql)
                .query((row, n) ->
                        new LogEpoch.Origin(
                                row.getString("system_identifier"), row.getString("timeline")))
                .optional();
    }

    Optional<LogSecrets.Keys> findKeys() {
        var sql = "SELECT state_hash_key, token_key FROM log_epoch";
        return jdbc.sql(sql)
                .query((row, n) ->
                        new LogSecrets.Keys(
                                row.getBytes("state_hash_key"), row.getBytes("token_key")))
                .optional();
    }

    void insertIfAbsent(LogEpoch.Origin origin, LogSecrets.Keys keys) {
        var sql =
                """
                INSERT INTO log_epoch (system_identifier, timeline, state_hash_key, token_key)
                VALUES (:system, :timeline, :stateHashKey, :tokenKey)
                ON CONFLICT (only_row) DO NOTHING
                """;
        jdbc.sql(sql)
                .param("system", origin.systemIdentifier())
                .param("timeline", origin.timeline())
                .param("stateHashKey", keys.stateHashKey())
                .param("tokenKey", keys.tokenKey())
                .update();
    }

    /// Moves the log on unless it is there already; answers the committed head.
    long moveOn(LogEpoch.Origin origin, long beyond) {
        var sql = "SELECT append_epoch(:system, :timeline, :beyond)";
        return jdbc.sql(sql)
                .param("system", origin.systemIdentifier())
                .param("timeline", origin.timeline())
                .param("beyond", beyond)
                .query(Long.class)
                .single();
    }
}
