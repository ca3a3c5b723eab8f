package dev.lares.core.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import org.flywaydb.core.Flyway;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// A database with all migrations applied, of which each test class gets a copy. Its name holds a
/// hash of the migrations, so that it serves later runs until one of them changes.
record TestTemplate(TestServer server, String name) {
    private static final String MIGRATIONS = "classpath*:db/migration/**/*.sql";
    private static final String PREFIX = "lares_template_";
    private static final int HASH_DIGITS = 16;

    /// Serialises JVMs that share a server; any number that nobody else takes will do.
    private static final long LOCK = 0x6c61726573L;

    /// Made once a JVM.
    static TestTemplate shared() {
        return Holder.TEMPLATE;
    }

    private static final class Holder {
        static final TestTemplate TEMPLATE =
                new TestTemplate(TestServers.shared(), PREFIX + hash()).ensure();
    }

    private TestTemplate ensure() {
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            if (!TestDatabase.exists(connection, name)) {
                TestDatabase.dropLeftOver(connection);
                create(connection);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the template database cannot be made", e);
        }
        return this;
    }

    /// Under another name first: a template is whole or not there.
    private void create(Connection connection) throws SQLException {
        var unfinished = "lares_test_unfinished_" + ProcessHandle.current().pid();
        TestDatabase.drop(connection, unfinished);
        TestDatabase.execute(
                connection, "CREATE DATABASE \"" + unfinished + "\" TEMPLATE template0");
        migrate(server.jdbcUrl(unfinished), server.user(), server.password());
        TestDatabase.execute(
                connection, "ALTER DATABASE \"" + unfinished + "\" RENAME TO \"" + name + "\"");
    }

    static void migrate(String jdbcUrl, String user, String password) {
        Flyway.configure()
                .dataSource(jdbcUrl, user, password)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    private static String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var migrations = new PathMatchingResourcePatternResolver().getResources(MIGRATIONS);
            Arrays.sort(migrations, Comparator.comparing(TestTemplate::fileName));
            for (var migration : migrations) {
                digest.update(fileName(migration).getBytes(UTF_8));
                digest.update(migration.getContentAsByteArray());
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("the migrations cannot be read", e);
        }
    }

    private static String fileName(Resource migration) {
        return String.valueOf(migration.getFilename());
    }
}
