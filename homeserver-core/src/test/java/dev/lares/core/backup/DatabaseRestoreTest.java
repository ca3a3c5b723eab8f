package dev.lares.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.lares.core.domain.HostedDomains;
import dev.lares.core.id.ServerName;
import dev.lares.core.log.LogConnections;
import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestClock;
import dev.lares.core.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class DatabaseRestoreTest {
    private static final BackupProgress NOBODY = step -> {};
    private static final long STEP = 1L << 32;

    private final TestClock clock = new TestClock(Instant.parse("2026-11-24T11:00:00Z"));
    private final TestDatabase source = TestDatabase.create();
    private final TestDatabase target = TestDatabase.createEmpty();
    private final HikariDataSource pool = DatabaseBackupTest.pool(target);
    private final JdbcClient there = JdbcClient.create(pool);

    @TempDir Path directory;

    @AfterEach
    void drop() {
        pool.close();
        target.close();
        source.close();
    }

    /// Two users, one of whose numbers was given and lost; a token that may be used once.
    private BackupManifest backUp(Path file, String... statements) throws IOException {
        try (var node = new LogNode(source);
                var written = BackupFile.create(file)) {
            UserRows.append(node, "alice");
            UserRows.append(node, "bob");
            node.jdbc().sql("SELECT nextval('user_ref_user_nid_seq')").query(Long.class).single();
            node.jdbc()
                    .sql(
                            """
                            INSERT INTO login_token (token_hash, user_nid, expires_ts)
                            VALUES (sha256('once'), 1, 1)
                            """)
                    .update();
            for (var statement : statements) {
                node.jdbc().sql(statement).update();
            }
            return new DatabaseBackup(
                            node.bean(LogConnections.class), node.bean(HostedDomains.class), clock)
                    .write(written, "Lares 1", NOBODY);
        }
    }

    private DatabaseRestore restore(ServerName domain) {
        return new DatabaseRestore(pool, new LogConnections(pool), HostedDomains.of(domain), clock);
    }

    private void restore(Path file) throws IOException {
        restore(file, NOBODY);
    }

    private void restore(Path file, BackupProgress progress) throws IOException {
        try (var archive = BackupArchive.open(file)) {
            restore(LogNode.DOMAIN).restore(archive, progress);
        }
    }

    private boolean isEmpty() throws SQLException {
        try (var connection = target.dataSource().getConnection()) {
            return new CatalogueRepository(connection).isEmpty()
                    && !new RestoreMarkRepository(connection).exists();
        }
    }

    private static Map<String, String> contents(TestDatabase database, List<String> tables) {
        var jdbc = JdbcClient.create(database.dataSource());
        var contents = new TreeMap<String, String>();
        for (var table : tables) {
            var rows =
                    jdbc.sql("SELECT t::text FROM %s t ORDER BY 1".formatted(table))
                            .query(String.class)
                            .list();
            contents.put(table, String.join("\n", rows));
        }
        return contents;
    }

    private static long head(LogNode node) {
        return node.applied().current().value();
    }

    @Test
    void bringsBackEveryRowAndMovesTheLogOn() throws Exception {
        var file = directory.resolve("b");
        var manifest = backUp(file);
        var steps = new ArrayList<BackupProgress.Step>();
        restore(file, steps::add);

        var tables = new ArrayList<String>();
        manifest.tables().forEach(table -> tables.add(table.name()));
        assertThat(manifest.rows()).isGreaterThan(8);
        // The restore changes the first two; of the others the stopped node may have written more.
        tables.removeAll(List.of("append_batch", "log_epoch", "lease", "reader_cursor"));
        assertThat(contents(target, tables)).isEqualTo(contents(source, tables));
        assertThat(contents(target, List.of("log_epoch"))).hasSize(1);
        assertThat(steps.getLast().percent()).isEqualTo(100);
        assertThat(steps.getLast().rows()).isEqualTo(manifest.rows());

        long before = manifest.log().orElseThrow().head();
        try (var node = new LogNode(target)) {
            assertThat(head(node)).isGreaterThan(before + STEP);
            var next = UserRows.append(node, "carol");
            assertThat(next.value()).isEqualTo(head(node));
            assertThat(node.userNid(node.user("carol"))).isGreaterThan(3);
            // Once, and not with each start.
            assertThat(head(node)).isLessThan((1L << 55));
        }
        var disabled = "SELECT count(*) FROM pg_trigger WHERE tgenabled <> 'O'";
        assertThat(there.sql(disabled).query(Long.class).single()).isZero();
        try (var connection = pool.getConnection()) {
            assertThat(new RestoreMarkRepository(connection).exists()).isFalse();
        }
    }

    @Test
    void givesNoPositionASecondTimeWhenItIsDoneAgain() throws Exception {
        var file = directory.resolve("b");
        backUp(file);
        restore(file);
        long first;
        try (var node = new LogNode(target)) {
            first = UserRows.append(node, "carol").value();
        }
        // A restore into another database of the same cluster, of the same backup, a minute later.
        clock.advance(Duration.ofMinutes(1));
        try (var other = TestDatabase.createEmpty();
                var otherPool = DatabaseBackupTest.pool(other);
                var archive = BackupArchive.open(file)) {
            new DatabaseRestore(
                            otherPool,
                            new LogConnections(otherPool),
                            HostedDomains.of(LogNode.DOMAIN),
                            clock)
                    .restore(archive, NOBODY);
            try (var node = new LogNode(other)) {
                assertThat(head(node)).isGreaterThan(first + STEP / 2);
            }
        }
    }

    @Test
    void leavesEmptyWhatMustNotBeGivenTwice() throws Exception {
        var file = directory.resolve("b");
        var declared = backUp(file);
        assertThat(declared.tables()).noneMatch(table -> table.name().equals("login_token"));
        restore(file);
        var count = "SELECT count(*) FROM login_token";
        assertThat(there.sql(count).query(Long.class).single()).isZero();
    }

    @Test
    void emptiesWhatOnlyThisReleaseDeclares() throws Exception {
        var file = directory.resolve("b");
        var undeclared = backUp(file, "COMMENT ON TABLE login_token IS 'of an older release'");
        assertThat(undeclared.tables())
                .anySatisfy(table -> {
                    assertThat(table.name()).isEqualTo("login_token");
                    assertThat(table.rows()).isEqualTo(1);
                });
        restore(file);
        var count = "SELECT count(*) FROM login_token";
        assertThat(there.sql(count).query(Long.class).single()).isZero();
    }

    @Test
    void leavesTheDatabaseEmptyWhereATableIsDamaged() throws Exception {
        var file = directory.resolve("b");
        backUp(file);
        var damaged = directory.resolve("damaged");
        Rewriting.of(file).withLastByteOf("user_ref").to(damaged);
        assertThatThrownBy(() -> restore(damaged))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("user_ref");
        assertThat(isEmpty()).isTrue();
        restore(file);
        assertThat(there.sql("SELECT count(*) FROM account").query(Long.class).single())
                .isEqualTo(2);
    }

    @Test
    void replacesNothing() throws Exception {
        var file = directory.resolve("b");
        backUp(file);
        there.sql("CREATE TABLE of_somebody_else (a integer)").update();
        assertThatThrownBy(() -> restore(file))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("not empty");
        there.sql("DROP TABLE of_somebody_else").update();
        restore(file);
        try (var node = new LogNode(target)) {
            UserRows.append(node, "carol");
        }
        assertThatThrownBy(() -> restore(file)).hasMessageContaining("not empty");
        assertThat(there.sql("SELECT count(*) FROM account").query(Long.class).single())
                .isEqualTo(3);
    }

    @Test
    void isRefusedWhereTheSchemaOrTheServerIsAnother() throws Exception {
        var file = directory.resolve("b");
        backUp(file);
        var other = directory.resolve("other");
        Rewriting.of(file).withMigration("20991231.2359", 1).to(other);
        assertThatThrownBy(() -> restore(other))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("20991231.2359", "newer");
        Rewriting.of(file).withMigration("20261124.0745", 1).to(other);
        assertThatThrownBy(() -> restore(other)).hasMessageContaining("20261124.0745");
        Rewriting.of(file).withoutMigration("20261124.0745").to(other);
        assertThatThrownBy(() -> restore(other)).hasMessageContaining("20261124.0745");
        Rewriting.of(file).withoutTable("room").to(other);
        assertThatThrownBy(() -> restore(other)).hasMessageContaining("lacks the table room");
        try (var archive = BackupArchive.open(file)) {
            var elsewhere = restore(new ServerName("other.example"));
            assertThatThrownBy(() -> elsewhere.restore(archive, NOBODY))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("lares.example", "other.example");
        }
        assertThat(isEmpty()).isTrue();
    }

    @Test
    void keepsServersAwayUntilItHasEnded() throws Exception {
        var file = directory.resolve("b");
        var manifest = backUp(file);
        // As a kill leaves it, before the first row.
        new SchemaMigrations(pool).migrateTo(manifest.schema());
        var guard = new RestoreGuard();
        var flyway = Flyway.configure().dataSource(pool).load();
        assertThatThrownBy(() -> guard.migrate(flyway))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("has not ended");
        assertThatThrownBy(
                        () -> {
                            try (var connections = new LogNode(target)) {
                                new DatabaseBackup(
                                                connections.bean(LogConnections.class),
                                                connections.bean(HostedDomains.class),
                                                clock)
                                        .write(OutputStream.nullOutputStream(), "Lares 1", NOBODY);
                            }
                        })
                .hasMessageContaining("nothing to back up");
        restore(
                file,
                step ->
                        assertThatThrownBy(() -> guard.requireFinished(pool))
                                .isInstanceOf(BackupException.class));
        assertThatCode(() -> guard.requireFinished(pool)).doesNotThrowAnyException();
        assertThat(there.sql("SELECT count(*) FROM account").query(Long.class).single())
                .isEqualTo(2);
    }

    @Test
    void isDoneByOneAtATime() throws Exception {
        var file = directory.resolve("b");
        backUp(file);
        restore(
                file,
                step -> {
                    if (step.table().equals("user_ref")) {
                        assertThatThrownBy(() -> restore(file))
                                .isInstanceOf(BackupException.class)
                                .hasMessageContaining("under way");
                    }
                });
        assertThat(there.sql("SELECT count(*) FROM account").query(Long.class).single())
                .isEqualTo(2);
    }

    @Test
    void sparesAServerThatStartedMeanwhile() throws Exception {
        var manifest = backUp(directory.resolve("b"));
        new SchemaMigrations(pool).migrateTo(manifest.schema());
        try (var node = new LogNode(target);
                var connection = target.dataSource().getConnection()) {
            UserRows.append(node, "carol");
            assertThatThrownBy(() -> DatabaseRestore.requireUnused(connection))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("nothing was restored");
            assertThat(new RestoreMarkRepository(connection).exists()).isFalse();
            assertThat(UserRows.append(node, "carol").value()).isEqualTo(2);
        }
    }
}
