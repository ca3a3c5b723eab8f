package dev.lares.core.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/// What the launcher asks and tells a running server, over plain JDBC: there is no pool yet.
record PostgresServerRepository(String url, String password) {
    static final String SUPERUSER = "postgres";
    static final String OWNER = "lares";
    static final String DATABASE = "lares";
    private static final String CONNECT_SECONDS = "5";
    private static final String ANSWER_SECONDS = "30";
    private static final int RELOAD_CHECKS_MAX = 250;

    static PostgresServerRepository at(int port, String superuserPassword) {
        return new PostgresServerRepository(urlOf(port, "postgres"), superuserPassword);
    }

    static String urlOf(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("socketTimeout", ANSWER_SECONDS);
        properties.setProperty("ApplicationName", "lares-launcher");
        return DriverManager.getConnection(url, properties);
    }

    /// The named settings as the server has them, and whether the whole configuration as it stands
    /// in its files is in force (`pending_restart` is `f`).
    Map<String, String> effectiveSettings() throws SQLException {
        var sql =
                """
                SELECT name, setting FROM pg_settings
                UNION ALL
                SELECT 'pending_restart', bool_or(pending_restart)::text FROM pg_settings
                """;
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var settings = new LinkedHashMap<String, String>();
            while (rows.next()) {
                settings.put(rows.getString(1), rows.getString(2));
            }
            return settings;
        }
    }

    /// Has the server read its files again; returns when it did, fails when it does not within 5 s.
    void reload() throws SQLException {
        var sql =
                """
                SELECT pg_reload_conf(), clock_timestamp()
                """;
        var loaded =
                """
                SELECT pg_conf_load_time() > ?, pg_sleep(0.02)
                """;
        try (var connection = connect();
                var statement = connection.createStatement();
                var asked = statement.executeQuery(sql)) {
            asked.next();
            var since = asked.getTimestamp(2);
            try (var check = connection.prepareStatement(loaded)) {
                check.setTimestamp(1, since);
                for (var tries = 0; tries < RELOAD_CHECKS_MAX; tries++) {
                    try (var answer = check.executeQuery()) {
                        answer.next();
                        if (answer.getBoolean(1)) {
                            return;
                        }
                    }
                }
            }
        }
        throw new PostgresStartException("PostgreSQL did not read its configuration again");
    }

    /// Makes the role and the database that the application uses, or gives the role its password
    /// again.
    void prepare(String ownerPassword) throws SQLException {
        try (var connection = connect()) {
            var roleExists = exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", OWNER);
            var role =
                    roleExists
                            ? "SELECT format('ALTER ROLE %I LOGIN PASSWORD %L', ?, ?)"
                            : "SELECT format('CREATE ROLE %I LOGIN PASSWORD %L', ?, ?)";
            executeBuilt(connection, role, OWNER, ownerPassword);
            // Lets the application see statistics and settings; it reads no more than that.
            executeBuilt(connection, "SELECT format('GRANT pg_monitor TO %I', ?)", OWNER);
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", DATABASE)) {
                executeBuilt(
                        connection,
                        "SELECT format('CREATE DATABASE %I OWNER %I', ?, ?)",
                        DATABASE,
                        OWNER);
            }
        }
    }

    private static boolean exists(Connection connection, String sql, String name)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /// Utility statements take no parameters: the server itself builds the text, quoted.
    private static void executeBuilt(Connection connection, String sql, String... parameters)
            throws SQLException {
        try (var build = connection.prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                build.setString(i + 1, parameters[i]);
            }
            try (var built = build.executeQuery();
                    var statement = connection.createStatement()) {
                built.next();
                statement.execute(built.getString(1));
            }
        }
    }
}
