package dev.lares.core.testing;

import dev.lares.core.postgres.BundledPostgres;
import dev.lares.core.postgres.BundledPostgresSettings;
import dev.lares.core.postgres.DirectoryInUseException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.util.unit.DataSize;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/// Where the tests of this JVM take PostgreSQL from: the environment variable `TEST_DATABASE_URL`,
/// else a container where a Docker engine answers, else the bundled one.
final class TestServers {
    /// Several servers run beside one another in a module's tests, each with a pool.
    private static final int CONNECTIONS_MAX = 300;

    private static final String URL_VARIABLE = "TEST_DATABASE_URL";
    private static final int BUNDLE_DIRECTORIES = 16;

    private final List<String> whyNotOthers = new ArrayList<>();

    private TestServers() {}

    /// One server for the whole JVM, chosen at the first call; the choice is printed.
    static TestServer shared() {
        return Holder.SERVER;
    }

    private static final class Holder {
        static final TestServer SERVER = new TestServers().choose();
    }

    private TestServer choose() {
        return fromEnvironment().or(this::fromDocker).orElseGet(this::bundled);
    }

    private Optional<TestServer> fromEnvironment() {
        var url = System.getenv(URL_VARIABLE);
        if (url == null || url.isBlank()) {
            whyNotOthers.add(URL_VARIABLE + " is not set");
            return Optional.empty();
        }
        var server = TestServer.parse(url);
        report("that of " + URL_VARIABLE + ", " + server.address().getHost());
        return Optional.of(server);
    }

    /// Looks for an engine before Testcontainers does, which takes seconds to find none.
    private Optional<TestServer> fromDocker() {
        if (System.getenv("DOCKER_HOST") == null
                && Files.notExists(Path.of("/var/run/docker.sock"))) {
            whyNotOthers.add("no Docker engine (no DOCKER_HOST, no /var/run/docker.sock)");
            return Optional.empty();
        }
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            whyNotOthers.add("the Docker engine does not answer");
            return Optional.empty();
        }
        var image = DockerImageName.parse("postgres:18-alpine");
        // Testcontainers removes it when the JVM has gone.
        @SuppressWarnings("resource")
        var container = new PostgreSQLContainer(image);
        // The image's own entry point turns nothing off, but Testcontainers' default command does.
        container.setCommand("postgres", "-c", "max_connections=" + CONNECTIONS_MAX);
        container.start();
        report("a container of " + image);
        var url = container.getJdbcUrl();
        var separator = url.contains("?") ? "&" : "?";
        return Optional.of(
                TestServer.parse(
                        url
                                + separator
                                + "user="
                                + container.getUsername()
                                + "&password="
                                + container.getPassword()));
    }

    /// In the first of a few directories in the temporary folder that no other JVM uses: data
    /// directory and migrated template of an earlier run are found again there, and so is a server
    /// whose JVM was killed.
    private TestServer bundled() {
        var base =
                Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "lares-test-postgres-" + System.getProperty("user.name"));
        for (var i = 0; i < BUNDLE_DIRECTORIES; i++) {
            var settings =
                    BundledPostgresSettings.in(base.resolve(Integer.toString(i)))
                            .withBinariesDirectory(base.resolve("binaries"))
                            .withMemory(DataSize.ofMegabytes(64), DataSize.ofMegabytes(512))
                            .withConnections(CONNECTIONS_MAX);
            try {
                var server = BundledPostgres.start(settings);
                Runtime.getRuntime().addShutdownHook(new Thread(server::close));
                report("the bundled one in " + settings.directory());
                return TestServer.parse(
                        "%s?user=%s&password=%s"
                                .formatted(
                                        server.jdbcUrl("postgres"),
                                        server.superuser(),
                                        server.superuserPassword()));
            } catch (DirectoryInUseException e) {
                // By the tests of another build: the next one.
            }
        }
        throw new IllegalStateException("all test directories in " + base + " are in use");
    }

    private void report(String choice) {
        @SuppressWarnings("resource") // standard output is nobody's to close
        PrintStream out = System.out;
        out.printf(
                "Tests use this PostgreSQL: %s%s%n",
                choice, whyNotOthers.isEmpty() ? "" : " (" + String.join("; ", whyNotOthers) + ")");
    }
}
