package dev.lares.core.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A PostgreSQL cluster of a test's own, from the bundled program, for what a shared server cannot
/// be put through: unsafe settings, a copy of its files, a promotion. Trusts whoever connects on
/// the loopback device.
public final class TestCluster implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Path BINARIES =
            Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "lares-test-postgres-" + System.getProperty("user.name"),
                    "binaries");

    private final PostgresProgram program;
    private final Path directory;
    private final int port;
    private boolean running;

    private TestCluster(PostgresProgram program, Path directory) throws IOException {
        this.program = program;
        this.directory = directory;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    /// Makes an empty one, which does not run yet.
    ///
    /// @param directory does not exist yet
    public static TestCluster create(Path directory) throws IOException {
        var program = PostgresProgram.at(PostgresArchive.unpack(BINARIES));
        var cluster = new TestCluster(program, directory);
        cluster.run(
                "initdb",
                "--pgdata=" + directory,
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-sync");
        return cluster;
    }

    /// A copy of this one, which must not run, as its standby: it follows this one once both run.
    public TestCluster standby(Path copy) throws IOException {
        if (running) {
            throw new IllegalStateException("files that change make no copy");
        }
        try (var files = Files.walk(directory)) {
            for (var file : files.toList()) {
                var target = copy.resolve(directory.relativize(file).toString());
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        var standby = new TestCluster(program, copy);
        Files.createFile(copy.resolve("standby.signal"));
        Files.writeString(
                copy.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=%d user=postgres'%n".formatted(port));
        return standby;
    }

    public void start() throws IOException {
        var options =
                "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=50 -c shared_buffers=16MB"
                        .formatted(port);
        run(
                "pg_ctl",
                "--pgdata=" + directory,
                "--wait",
                "--log=" + directory.resolveSibling(directory.getFileName() + ".log"),
                "--options=" + options,
                "start");
        running = true;
    }

    /// Stops it, all that it has confirmed on its disk.
    public void stop() throws IOException {
        end("fast");
    }

    /// Ends it at once, as a failure would.
    public void kill() throws IOException {
        end("immediate");
    }

    private void end(String mode) throws IOException {
        if (running) {
            running = false;
            run("pg_ctl", "--pgdata=" + directory, "--wait", "--mode=" + mode, "stop");
        }
    }

    /// Makes a standby a primary.
    public void promote() throws IOException {
        run("pg_ctl", "--pgdata=" + directory, "--wait", "promote");
    }

    /// Of a database of this cluster, for a superuser.
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres".formatted(port, database);
    }

    /// Runs statements, each by itself.
    public void execute(String database, String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection(jdbcUrl(database));
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void run(String name, String... arguments) throws IOException {
        var result = program.run(TIMEOUT, name, new ArrayList<>(List.of(arguments)));
        if (result.exitCode() != 0) {
            throw new IOException(name + " failed: " + result.output());
        }
    }

    /// Ends it; its files are the caller's.
    @Override
    public void close() throws IOException {
        kill();
    }
}
