package dev.lares.app.unpack;

import dev.lares.core.postgres.BundledPostgres;
import dev.lares.core.postgres.BundledPostgresSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Runs the unpacked server once, under a load, and lets the JVM write down what it learnt.
///
/// @param directory a new one, for the database and the logs of the training
/// @param duration of the load
record Training(Path directory, Duration duration) {
    private static final Duration START_PATIENCE = Duration.ofMinutes(3);

    /// Writing the cache is most of it.
    private static final Duration END_PATIENCE = Duration.ofMinutes(5);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /// A process that SIGTERM ended, as its parent sees it.
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    /// @param jar of the unpacked server
    /// @param cache the new file
    void run(Path jar, Path cache, List<String> jvmOptions)
            throws IOException, InterruptedException {
        // A database that is given on the command line is the one setting that no file can change:
        // the training must not find its way to another one.
        try (var postgres =
                BundledPostgres.start(
                        BundledPostgresSettings.in(directory.resolve("postgresql")))) {
            int port = freePort();
            var arguments = new ArrayList<>(jvmOptions);
            arguments.addAll(List.of("-XX:AOTCacheOutput=" + cache, "-jar", jar.toString()));
            arguments.addAll(settings(postgres, port));
            try (var server =
                    JavaProgram.start(directory, directory.resolve("server.log"), arguments)) {
                var url = URI.create("http://127.0.0.1:" + port);
                awaitStarted(server, url);
                TrainingLoad.run(url, duration);
                server.askToEnd();
                server.awaitEnd(END_PATIENCE, ENDED_BY_SIGTERM);
            }
        }
    }

    private List<String> settings(BundledPostgres postgres, int port) {
        return List.of(
                "--spring.config.location=optional:file:./no-settings/",
                "--spring.datasource.url=" + postgres.jdbcUrl(),
                "--spring.datasource.username=" + postgres.username(),
                "--spring.datasource.password=" + postgres.password(),
                "--lares.data-dir=" + directory.resolve("data"),
                "--lares.http.address=127.0.0.1",
                "--lares.http.port=" + port,
                "--lares.management.port=0",
                "--lares.ratelimit.enabled=false",
                "--lares.registration.mode=open");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitStarted(JavaProgram server, URI url)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        var request =
                HttpRequest.newBuilder(url.resolve("/health")).timeout(REQUEST_TIMEOUT).build();
        try (var http = HttpClient.newHttpClient()) {
            while (!isWell(http, request)) {
                if (server.endsWithin(PAUSE) || System.nanoTime() > deadline) {
                    throw server.failure("did not serve");
                }
            }
        }
    }

    private static boolean isWell(HttpClient http, HttpRequest request)
            throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
