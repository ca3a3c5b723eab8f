package dev.lares.core.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class BundledPostgresTest {
    private static final Path BINARIES =
            Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "lares-test-postgres-" + System.getProperty("user.name"),
                    "binaries");

    @TempDir Path directory;

    private BundledPostgresSettings settings() {
        return BundledPostgresSettings.in(directory)
                .withBinariesDirectory(BINARIES)
                .withMemory(DataSize.ofMegabytes(16), DataSize.ofMegabytes(128));
    }

    private static String ask(BundledPostgres server, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                server.jdbcUrl(), server.username(), server.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void tell(BundledPostgres server, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                server.jdbcUrl(), server.username(), server.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void isDurableWhateverTheOperatorSays() throws Exception {
        Files.createDirectories(directory);
        Files.writeString(
                directory.resolve("operator.conf"),
                """
                fsync = off
                full_page_writes = off
                synchronous_commit = off
                work_mem = 7MB
                """);
        try (var server = BundledPostgres.start(settings())) {
            for (var name : List.of("fsync", "full_page_writes", "synchronous_commit")) {
                assertThat(ask(server, "SHOW " + name)).as(name).isEqualTo("on");
            }
            assertThat(ask(server, "SHOW work_mem")).isEqualTo("7MB");
        }
    }

    @Test
    void usesCollationsThatNoLibraryCanChange() throws Exception {
        try (var server = BundledPostgres.start(settings())) {
            var sql =
                    """
                    SELECT datlocprovider::text || ' ' || datlocale || ' ' || pg_encoding_to_char(encoding)
                    FROM pg_database WHERE datname = current_database()
                    """;
            assertThat(ask(server, sql)).isEqualTo("b C.UTF-8 UTF8");
            assertThat(ask(server, "SHOW data_checksums")).isEqualTo("on");
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() throws Exception {
        try (var server = BundledPostgres.start(settings())) {
            for (var user : List.of(server.username(), server.superuser())) {
                assertThatThrownBy(
                                () -> DriverManager.getConnection(server.jdbcUrl(), user, "guess"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("password authentication failed");
            }
        }
        var mode = Files.getPosixFilePermissions(directory.resolve("lares.password"));
        assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
    }

    @Test
    void givesTheApplicationNoMoreThanItsDatabase() throws Exception {
        try (var server = BundledPostgres.start(settings())) {
            assertThat(ask(server, "SHOW is_superuser")).isEqualTo("off");
            tell(server, "CREATE TABLE kept (n int)");
            assertThatThrownBy(() -> tell(server, "COPY kept FROM PROGRAM 'true'"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void keepsItsDataWhenStoppedAndStarted() throws Exception {
        try (var server = BundledPostgres.start(settings())) {
            tell(server, "CREATE TABLE kept AS SELECT 'as it was' AS word");
            server.close();
        }
        assertThat(directory.resolve("data/postmaster.pid")).doesNotExist();
        try (var server = BundledPostgres.start(settings())) {
            assertThat(server.adopted()).isFalse();
            assertThat(ask(server, "SELECT word FROM kept")).isEqualTo("as it was");
        }
    }

    @Test
    void refusesADirectoryThatAnotherServerUses() throws Exception {
        try (var server = BundledPostgres.start(settings())) {
            assertThatThrownBy(() -> BundledPostgres.start(settings()))
                    .isInstanceOf(PostgresStartException.class)
                    .hasMessageContaining("in use by another server")
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
            assertThat(ask(server, "SELECT 'still here'")).isEqualTo("still here");
        }
    }

    @Test
    void joinsAServerThatAnotherRunsAndLeavesItAlone() throws Exception {
        try (var server = BundledPostgres.start(settings())) {
            var joined = BundledPostgres.startOrJoin(settings());
            assertThat(joined.jdbcUrl()).isEqualTo(server.jdbcUrl());
            assertThat(ask(joined, "SELECT 'let in'")).isEqualTo("let in");
            joined.close();
            assertThat(ask(server, "SELECT 'still here'")).isEqualTo("still here");
        }
    }

    @Test
    void isStartedAgainWhereItEndsByItself() throws Exception {
        try (var server = BundledPostgres.start(settings())) {
            server.keepRunning();
            tell(server, "CREATE TABLE kept AS SELECT 'committed' AS word");
            long killed = server.pid();
            var postmaster = ProcessHandle.of(killed).orElseThrow();
            assertThat(postmaster.destroyForcibly()).isTrue();
            assertThat(askWhenItAnswers(server, "SELECT word FROM kept")).isEqualTo("committed");
            // Known a moment after it answers.
            await().untilAsserted(() -> assertThat(server.pid()).isNotEqualTo(killed));
        }
        assertThat(directory.resolve("data/postmaster.pid")).doesNotExist();
    }

    private static String askWhenItAnswers(BundledPostgres server, String sql)
            throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        var between = new CountDownLatch(1);
        while (true) {
            try {
                return ask(server, sql);
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                assertThat(between.await(100, TimeUnit.MILLISECONDS)).isFalse();
            }
        }
    }

    @Test
    void adoptsTheServerOfAJvmThatWasKilled() throws Exception {
        var left = BundledPostgresProcess.startAndKill(settings());
        var asInTheChild = BundledPostgresSettings.in(directory).withBinariesDirectory(BINARIES);
        try (var server = BundledPostgres.start(asInTheChild)) {
            assertThat(server.adopted()).isTrue();
            assertThat(server.pid()).isEqualTo(left);
            assertThat(ask(server, "SELECT 'works'")).isEqualTo("works");
        }
        assertThat(directory.resolve("data/postmaster.pid")).doesNotExist();
    }

    @Test
    void turnsDurabilityOnAgainInTheServerThatItAdopts() throws Exception {
        BundledPostgresProcess.startAndKill(settings());
        Files.writeString(
                directory.resolve("data/postgresql.conf"),
                "fsync = off\n",
                StandardOpenOption.APPEND);
        var file = PostmasterFile.read(directory.resolve("data")).orElseThrow();
        var password = Files.readString(directory.resolve("postgres.password")).strip();
        var repository = PostgresServerRepository.at(file.port(), password);
        repository.reload();
        assertThat(repository.effectiveSettings()).containsEntry("fsync", "off");

        try (var server = BundledPostgres.start(settings())) {
            assertThat(ask(server, "SHOW fsync")).isEqualTo("on");
        }
    }

    @Test
    void restartsTheServerThatItFindsWhereASettingNeedsIt() throws Exception {
        var left = BundledPostgresProcess.startAndKill(settings());
        // The child had more memory: what it left runs with other settings than ours.
        try (var server = BundledPostgres.start(settings())) {
            assertThat(server.adopted()).isFalse();
            assertThat(server.pid()).isNotEqualTo(left);
            assertThat(ask(server, "SHOW shared_buffers")).isEqualTo("16MB");
        }
    }

    @Test
    void startsWhereTheNotedProcessIsSomethingElseByNow() throws Exception {
        try (var server = BundledPostgres.start(settings())) {
            tell(server, "CREATE TABLE kept (n int)");
        }
        var other = ProcessHandle.current().parent().orElseThrow().pid();
        Files.writeString(
                directory.resolve("data/postmaster.pid"),
                "%d\n%s\n1\n5432\n\n127.0.0.1\n\nready\n".formatted(other, directory));
        try (var server = BundledPostgres.start(settings())) {
            assertThat(ask(server, "SELECT count(*) FROM kept")).isEqualTo("0");
        }
    }

    @Test
    void refusesTheFilesOfAnotherMajorVersion() throws Exception {
        BundledPostgres.start(settings()).close();
        var version = directory.resolve("data/PG_VERSION");
        Files.writeString(version, "17\n");
        assertThatThrownBy(() -> BundledPostgres.start(settings()))
                .isInstanceOf(PostgresStartException.class)
                .hasMessageContaining("was made by PostgreSQL 17")
                .hasMessageContaining("brings PostgreSQL 18");
        Files.writeString(version, "18\n");
        BundledPostgres.start(settings()).close();
    }

    @Test
    void saysAtOnceThatItsPortIsTaken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var started = System.nanoTime();
            assertThatThrownBy(
                            () -> BundledPostgres.start(settings().withPort(taken.getLocalPort())))
                    .isInstanceOf(PostgresStartException.class)
                    .hasMessageContaining("Address already in use");
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void saysWhichSettingOfTheOperatorItCannotRead() throws IOException {
        Files.writeString(directory.resolve("operator.conf"), "wal_compression = lz5\n");
        assertThatThrownBy(() -> BundledPostgres.start(settings()))
                .isInstanceOf(PostgresStartException.class)
                .hasMessageContaining("wal_compression");
    }
}
