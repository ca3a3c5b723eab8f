package dev.lares.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.lares.core.domain.HostedDomains;
import dev.lares.core.id.ServerName;
import dev.lares.core.log.LogConnections;
import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestClock;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestDatabaseExtension.class)
class DatabaseBackupTest {
    private static final Instant NOW = Instant.parse("2026-11-24T11:00:00Z");
    private static final BackupProgress NOBODY = step -> {};

    @TempDir Path directory;

    private static DatabaseBackup of(LogNode node) {
        return new DatabaseBackup(
                node.bean(LogConnections.class),
                node.bean(HostedDomains.class),
                new TestClock(NOW));
    }

    private static long count(LogNode node, String table) {
        return node.jdbc().sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }

    @Test
    void isOfOneMomentWhateverIsWrittenMeanwhile(TestDatabase database) throws Exception {
        try (var node = new LogNode(database)) {
            UserRows.append(node, "before");
            long users = count(node, "user_ref");
            long head = node.applied().current().value();
            var file = directory.resolve("b");
            BackupManifest manifest;
            try (var written = BackupFile.create(file)) {
                // Each table that is begun finds more rows in all of them than there were.
                manifest =
                        of(node).write(
                                        written,
                                        "Lares 1",
                                        step -> UserRows.append(node, "during-" + step.table()));
            }

            assertThat(count(node, "user_ref")).isGreaterThan(users + 20);
            var rows =
                    manifest.tables().stream()
                            .collect(
                                    Collectors.toMap(
                                            BackupManifest.Table::name,
                                            BackupManifest.Table::rows));
            assertThat(rows)
                    .containsEntry("user_ref", users)
                    .containsEntry("account", 1L)
                    .containsEntry("account_data", 1L)
                    .containsEntry("append_batch", 1L)
                    .containsEntry("event", 0L);
            assertThat(manifest.log().orElseThrow().head()).isEqualTo(head);
            assertThat(manifest.product()).isEqualTo("Lares 1");
            assertThat(manifest.createdAt()).isEqualTo(NOW);
            assertThat(manifest.domains()).containsExactly("lares.example");
            assertThat(manifest.sequences())
                    .anySatisfy(sequence -> {
                        assertThat(sequence.name()).isEqualTo("user_ref_user_nid_seq");
                        assertThat(sequence.lastValue()).isGreaterThan(users);
                    });
            try (var archive = BackupArchive.open(file)) {
                archive.verify(NOBODY);
                assertThat(archive.manifest()).isEqualTo(manifest);
            }
        }
    }

    @Test
    void namesEachTableOfTheSchemaOnce(TestDatabase database) {
        try (var node = new LogNode(database)) {
            var manifest = of(node).write(new ByteArrayOutputStream(), "Lares 1", NOBODY);
            var sql =
                    """
                    SELECT tablename FROM pg_tables
                    WHERE schemaname = current_schema() AND tablename <> 'flyway_schema_history'
                    """;
            var all = node.jdbc().sql(sql).query(String.class).list();
            var kept = manifest.tables().stream().map(BackupManifest.Table::name).toList();
            var left = manifest.leftOut().stream().map(BackupManifest.LeftOut::table).toList();
            assertThat(kept).doesNotContainAnyElementsOf(left);
            assertThat(List.of(kept, left).stream().flatMap(List::stream))
                    .containsExactlyInAnyOrderElementsOf(all);
            assertThat(left)
                    .contains("typing", "rate_limit")
                    .contains("login_token", "uia_session", "setup_link");
            assertThat(manifest.schema())
                    .anySatisfy(migration ->
                            assertThat(migration.version()).isEqualTo("20261124.1251"));
        }
    }

    @Test
    void knowsNoOtherRuleForRestores() {
        try (var misled = TestDatabase.create();
                var node = new LogNode(misled)) {
            node.jdbc().sql("COMMENT ON TABLE room IS 'Restore: leave it'").update();
            var out = new ByteArrayOutputStream();
            assertThatThrownBy(() -> of(node).write(out, "Lares 1", NOBODY))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("room");
            assertThat(out.size()).isZero();
        }
    }

    @Test
    void isRefusedOfAnEmptyDatabase() {
        try (var empty = TestDatabase.createEmpty();
                var pool = pool(empty)) {
            var backup =
                    new DatabaseBackup(
                            new LogConnections(pool),
                            HostedDomains.of(new ServerName("lares.example")),
                            new TestClock(NOW));
            var file = directory.resolve("b");
            assertThatThrownBy(
                            () -> {
                                try (var written = BackupFile.create(file)) {
                                    backup.write(written, "Lares 1", NOBODY);
                                }
                            })
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("empty");
            assertThat(directory).isEmptyDirectory();
        }
    }

    static HikariDataSource pool(TestDatabase database) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.username());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(4);
        pool.setMinimumIdle(0);
        return pool;
    }
}
