import java.io.IOException;
import java.net.ServerSocket;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import java.util.jar.JarFile;

/// The one PostgreSQL that all servers use in turns: the bundled one, as Lares ships and sets it
/// up, or one that the command line names. The JDBC driver is taken out of Lares' jar.
final class Postgres implements AutoCloseable {
    private final Driver driver;
    private final String url;
    private final Properties superuser;
    private final AtomicReference<AutoCloseable> stopping;

    private Postgres(Driver driver, String url, Properties superuser, AutoCloseable stopping) {
        this.driver = driver;
        this.url = url;
        this.superuser = superuser;
        this.stopping = new AtomicReference<>(stopping);
    }

    static Postgres open(Options options) throws Exception {
        var driver = driver(options);
        var postgres =
                options.postgres().isPresent()
                        ? named(driver, options.postgres().get())
                        : bundled(driver, options);
        postgres.refuseUnsafeSettings();
        return postgres;
    }

    private static Driver driver(Options options) throws IOException {
        var target = options.work().resolve("driver.jar");
        Files.createDirectories(options.work());
        try (var jar = new JarFile(options.jar().toFile())) {
            var entry =
                    jar.stream()
                            .filter(it -> it.getName().matches("BOOT-INF/lib/postgresql-.*\\.jar"))
                            .findFirst()
                            .orElseThrow();
            Files.write(target, jar.getInputStream(entry).readAllBytes());
        }
        var loader = new URLClassLoader(new java.net.URL[] {target.toUri().toURL()});
        return ServiceLoader.load(Driver.class, loader).findFirst().orElseThrow();
    }

    private static Postgres named(Driver driver, String given) {
        var superuser = new Properties();
        var parts = given.split("\\?", 2);
        for (var parameter : parts.length == 2 ? parts[1].split("&") : new String[0]) {
            var pair = parameter.split("=", 2);
            superuser.setProperty(pair[0], pair[1]);
        }
        var server = parts[0].substring(0, parts[0].lastIndexOf('/') + 1);
        return new Postgres(driver, server, superuser, () -> {});
    }

    /// Lets the server make and configure its bundled PostgreSQL once, then runs it without the
    /// server.
    private static Postgres bundled(Driver driver, Options options) throws Exception {
        var directory = options.work().resolve("bundle/postgresql");
        if (Files.notExists(directory.resolve("data/PG_VERSION"))) {
            Lares.startOnceWithBundle(options);
        }
        int port = freePort();
        var log = options.work().resolve("postgres.log");
        control(
                directory,
                List.of("start", "-w", "-l", log.toString(), "-o", "-p " + port),
                Duration.ofMinutes(2));
        var superuser = new Properties();
        superuser.setProperty("user", "postgres");
        superuser.setProperty(
                "password", Files.readString(directory.resolve("postgres.password")).strip());
        return new Postgres(
                driver,
                "jdbc:postgresql://127.0.0.1:" + port + "/",
                superuser,
                () ->
                        control(
                                directory,
                                List.of("stop", "-w", "-m", "fast"),
                                Duration.ofMinutes(2)));
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void control(Path directory, List<String> arguments, Duration timeout)
            throws Exception {
        Path program;
        try (var found = Files.newDirectoryStream(directory.resolve("binaries"))) {
            program = found.iterator().next().resolve("bin/pg_ctl");
        }
        var command = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U")); // PostgreSQL does not run as root
        }
        command.addAll(List.of(program.toString(), "-D", directory.resolve("data").toString()));
        command.addAll(arguments);
        var output = Files.createTempFile("benchmark", ".out");
        // A group of its own, so that Ctrl-C leaves it to us to stop it.
        command.addFirst("setsid");
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        if (!process.waitFor(timeout) || process.exitValue() != 0) {
            throw new IllegalStateException(command + ": " + Files.readString(output));
        }
        Files.delete(output);
    }

    private void refuseUnsafeSettings() throws SQLException {
        for (var name : List.of("fsync", "full_page_writes", "synchronous_commit")) {
            if (!text("SHOW " + name).equals("on")) {
                throw new IllegalStateException(name + " is off: such figures mean nothing");
            }
        }
    }

    Connection connect(String database) throws SQLException {
        return driver.connect(url + database, superuser);
    }

    /// Makes the database and a role of the same name that owns it.
    void createUnlessThere(String database, String password) throws SQLException {
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            if (count("SELECT count(*) FROM pg_roles WHERE rolname = '" + database + "'") == 0) {
                statement.execute("CREATE ROLE \"%s\" LOGIN".formatted(database));
            }
            statement.execute("ALTER ROLE \"%s\" PASSWORD '%s'".formatted(database, password));
            if (count("SELECT count(*) FROM pg_database WHERE datname = '" + database + "'") == 0) {
                statement.execute(
                        """
                        CREATE DATABASE "%s" OWNER "%s" ENCODING 'UTF8' LOCALE_PROVIDER builtin
                        BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C' TEMPLATE template0
                        """
                                .formatted(database, database));
            }
        }
    }

    String jdbcUrl(String database) {
        return url + database;
    }

    String host() {
        return url.replaceFirst("^jdbc:postgresql://([^:/]+).*", "$1");
    }

    int port() {
        var port = url.replaceFirst("^jdbc:postgresql://[^:/]+:?([0-9]*).*", "$1");
        return port.isEmpty() ? 5432 : Integer.parseInt(port);
    }

    /// Process id of the postmaster: the parent of whoever serves us.
    long pid() throws SQLException {
        try (var connection = connect("postgres");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT pg_backend_pid()")) {
            rows.next();
            return Processes.parentOf(rows.getLong(1));
        }
    }

    long databaseBytes(String database) throws SQLException {
        return count("SELECT pg_database_size('" + database + "')");
    }

    /// Bytes of write-ahead log since the cluster was made.
    long walBytes() throws SQLException {
        return count("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint");
    }

    /// How often the write-ahead log was flushed to the disk. Backends report it up to ten seconds
    /// later.
    long walSyncs() throws SQLException {
        return major() >= 18
                ? count("SELECT sum(fsyncs)::bigint FROM pg_stat_io WHERE object = 'wal'")
                : count("SELECT wal_sync FROM pg_stat_wal");
    }

    /// The oldest transaction whose row versions this session keeps from being cleaned away.
    String heldBack(long session) throws SQLException {
        return text("SELECT backend_xmin::text FROM pg_stat_activity WHERE pid = " + session);
    }

    void checkpoint() throws SQLException {
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
        }
    }

    String version() throws SQLException {
        return text("SHOW server_version");
    }

    private int major() throws SQLException {
        return Integer.parseInt(text("SHOW server_version_num")) / 10_000;
    }

    private long count(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    private String text(String sql) throws SQLException {
        try (var connection = connect("postgres");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() throws Exception {
        stopping.getAndSet(() -> {}).close();
    }
}
