package dev.lares.core.log;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lares.core.postgres.TestCluster;
import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A database that would lose what it has confirmed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnsafeDatabaseTest {
    private TestCluster cluster;
    private TestDatabase database;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException, SQLException {
        cluster = TestCluster.create(directory.resolve("data"));
        cluster.start();
        cluster.execute("postgres", "CREATE DATABASE lares");
        database = TestDatabase.migrated(cluster.jdbcUrl("lares"));
    }

    @AfterAll
    void stop() throws IOException {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsync", "full_page_writes", "synchronous_commit"})
    void stopsTheStart(String setting) throws SQLException {
        cluster.execute(
                "lares", "ALTER SYSTEM SET " + setting + " = off", "SELECT pg_reload_conf()");
        await(setting, "off");
        try {
            assertThatThrownBy(() -> new LogNode(database).close())
                    .rootCause()
                    .isInstanceOf(UnsafeDatabaseException.class)
                    .hasMessageContaining(setting + "=off");
        } finally {
            cluster.execute("lares", "ALTER SYSTEM RESET " + setting, "SELECT pg_reload_conf()");
            await(setting, "on");
        }
    }

    @Test
    void isWrittenToOnceAllOfThemAreOn() {
        new LogNode(database).close();
    }

    private void await(String setting, String value) {
        var check = "DO $$ BEGIN ASSERT current_setting('%s') = '%s'; END $$";
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> {
                    cluster.execute("lares", check.formatted(setting, value));
                    return true;
                });
    }
}
