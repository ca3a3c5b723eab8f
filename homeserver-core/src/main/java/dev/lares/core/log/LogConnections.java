package dev.lares.core.log;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Connections of the log's own, beside the pool: the writer's and the one that listens live as
/// long as the server, and their settings must not stick to a connection that others get next.
@Component
public class LogConnections {
    /// Bounds the waits for rooms and for the order lock, and how long a replica that stopped
    /// between two statements, or whose machine is gone, keeps others out of its rooms. Every
    /// statement of the log goes along an index: it is planned once, and the statistics of young
    /// tables must not talk the planner out of that.
    private static final String SETTINGS =
            "-c lock_timeout=1s -c idle_in_transaction_session_timeout=2s"
                    + " -c tcp_user_timeout=5s -c jit=off"
                    + " -c plan_cache_mode=force_generic_plan -c enable_seqscan=off"
                    + " -c enable_hashjoin=off -c enable_mergejoin=off";

    private static final String SETTINGS_FOR_LONG =
            "-c statement_timeout=0 -c transaction_timeout=0"
                    + " -c idle_in_transaction_session_timeout=0 -c tcp_user_timeout=0";

    /// Longer than any honest commit; a stalled one is noticed by its requests' deadlines before.
    private static final String SOCKET_TIMEOUT_SECONDS = "30";

    private final DataSource dataSource;

    public LogConnections(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// A new connection, autocommit on, which the caller closes.
    ///
    /// @param name how it is called in `pg_stat_activity`
    public Connection open(String name) throws SQLException {
        var properties = named(name, SETTINGS);
        properties.setProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
        // The same few statements for ever: prepared at their first use.
        properties.setProperty("prepareThreshold", "1");
        return open(properties);
    }

    /// As [#open], without any time-out: for work on whole tables, which takes as long as they are
    /// large. A backup that goes into a slow pipe makes the server wait, too.
    public Connection openForLong(String name) throws SQLException {
        return open(named(name, SETTINGS_FOR_LONG));
    }

    private static Properties named(String name, String settings) {
        var properties = new Properties();
        properties.setProperty("ApplicationName", name);
        properties.setProperty("options", settings);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }

    private Connection open(Properties properties) throws SQLException {
        if (dataSource.isWrapperFor(HikariDataSource.class)) {
            var pool = dataSource.unwrap(HikariDataSource.class);
            if (pool.getJdbcUrl() != null) {
                pool.getDataSourceProperties().forEach(properties::putIfAbsent);
                put(properties, "user", pool.getUsername());
                put(properties, "password", pool.getPassword());
                return DriverManager.getConnection(pool.getJdbcUrl(), properties);
            }
        }
        throw new IllegalStateException(
                "the log cannot open connections of its own from a " + dataSource.getClass());
    }

    private static void put(Properties properties, String key, @Nullable String value) {
        if (value != null) {
            properties.setProperty(key, value);
        }
    }
}
