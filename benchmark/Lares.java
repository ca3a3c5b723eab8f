import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/// Starts Lares as its documentation says, but without rate limits and with cheap password hashes.
final class Lares {
    private static final String DATABASE = "lares_benchmark";
    private static final String PASSWORD = "benchmark";

    private Lares() {}

    static Server start(Options options, Postgres postgres) throws Exception {
        postgres.createUnlessThere(DATABASE, PASSWORD);
        return start(
                options,
                List.of(
                        "--spring.datasource.url=" + postgres.jdbcUrl(DATABASE),
                        "--spring.datasource.username=" + DATABASE,
                        "--spring.datasource.password=" + PASSWORD));
    }

    /// Makes the bundled PostgreSQL below the work folder.
    static void startOnceWithBundle(Options options) throws Exception {
        start(options, List.of()).close();
    }

    private static Server start(Options options, List<String> database) throws Exception {
        Files.createDirectories(options.work());
        int port = Postgres.freePort();
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options.javaOptions());
        command.addAll(
                List.of(
                        "-jar",
                        options.jar().toString(),
                        "--lares.data-dir=" + options.work().resolve("bundle"),
                        "--lares.http.address=127.0.0.1",
                        "--lares.http.port=" + port,
                        "--lares.management.port=0",
                        "--lares.ratelimit.enabled=false",
                        "--lares.password.hash-memory-kib=64",
                        "--lares.password.hash-iterations=1",
                        "--lares.registration.shared-secret=" + Accounts.SHARED_SECRET,
                        "--logging.level.root=WARN"));
        command.addAll(database);
        var process =
                new ProcessBuilder(command)
                        .directory(options.work().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        options.work().resolve("lares.log").toFile()))
                        .start();
        return Server.awaited(
                        ServerKind.LARES,
                        version(options.jar()),
                        DATABASE,
                        URI.create("http://127.0.0.1:" + port),
                        process);
    }

    private static String version(Path jar) throws Exception {
        try (var file = new JarFile(jar.toFile())) {
            var version = file.getManifest().getMainAttributes().getValue("Implementation-Version");
            return version == null ? jar.getFileName().toString() : version;
        }
    }
}
