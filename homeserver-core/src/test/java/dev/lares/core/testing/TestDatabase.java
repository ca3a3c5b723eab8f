package dev.lares.core.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// A database of a test's own on a real PostgreSQL, with all migrations applied: a copy of a
/// template, which takes some 30 ms. [TestDatabaseExtension] gives one to each test class.
///
/// PostgreSQL comes from `TEST_DATABASE_URL`, from Testcontainers, or from the bundle: see
/// docs/testing.md.
public final class TestDatabase implements AutoCloseable {
    private static final AtomicLong SERIAL = new AtomicLong();
    private static final String PREFIX = "lares_test_";

    private final TestServer server;
    private final String name;

    private TestDatabase(TestServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /// With all migrations applied.
    public static TestDatabase create() {
        var template = TestTemplate.shared();
        return create(template.server(), template.name());
    }

    /// Without any table, for tests of the migrations themselves.
    public static TestDatabase createEmpty() {
        return create(TestServers.shared(), "template0");
    }

    /// A database that is there, on a server of the test's own; without migrations where there are
    /// none yet.
    ///
    /// @param jdbcUrl with user and password
    public static TestDatabase at(String jdbcUrl) {
        var server = TestServer.parse(jdbcUrl);
        return new TestDatabase(server, server.maintenanceDatabase());
    }

    /// As [#at], with all migrations applied.
    public static TestDatabase migrated(String jdbcUrl) {
        var database = at(jdbcUrl);
        TestTemplate.migrate(database.jdbcUrl(), database.username(), database.password());
        return database;
    }

    private static TestDatabase create(TestServer server, String template) {
        var name = PREFIX + ProcessHandle.current().pid() + "_" + SERIAL.incrementAndGet();
        try (var connection = server.connect()) {
            drop(connection, name); // of an earlier process with the same id
            execute(connection, "CREATE DATABASE \"" + name + "\" TEMPLATE \"" + template + "\"");
        } catch (SQLException e) {
            throw new IllegalStateException("the test database " + name + " cannot be made", e);
        }
        return new TestDatabase(server, name);
    }

    public String jdbcUrl() {
        return server.jdbcUrl(name);
    }

    public String username() {
        return server.user();
    }

    public String password() {
        return server.password();
    }

    /// Unpooled: a new connection for each that is asked for.
    public DataSource dataSource() {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl());
        dataSource.setUser(username());
        dataSource.setPassword(password());
        return dataSource;
    }

    /// Drops it, whoever is still connected.
    @Override
    public void close() {
        try (var connection = server.connect()) {
            drop(connection, name);
        } catch (SQLException e) {
            throw new IllegalStateException("the test database " + name + " cannot be dropped", e);
        }
    }

    static void drop(Connection connection, String name) throws SQLException {
        execute(connection, "DROP DATABASE IF EXISTS \"" + name + "\" WITH (FORCE)");
    }

    /// Databases of test runs that were killed: nobody is connected to them, and their process has
    /// gone.
    static void dropLeftOver(Connection connection) throws SQLException {
        var sql =
                """
                SELECT datname FROM pg_database d
                WHERE datname LIKE 'lares\\_test\\_%'
                  AND NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datid = d.oid)
                """;
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                var name = rows.getString(1);
                if (isLeftOver(name)) {
                    drop(connection, name);
                }
            }
        }
    }

    private static boolean isLeftOver(String name) {
        var parts = name.substring(PREFIX.length()).split("_", 2);
        return parts[0].chars().allMatch(Character::isDigit)
                && ProcessHandle.of(Long.parseLong(parts[0])).isEmpty();
    }

    static boolean exists(Connection connection, String name) throws SQLException {
        try (var statement =
                connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
