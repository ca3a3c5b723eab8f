package dev.lares.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.lares.app.LaresApplication;
import dev.lares.core.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// matrix-js-sdk, which Element Web is built on, against the whole server.
class JsSdkTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("project.root.dir", "..")).resolve("e2e/js");

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void twoPeopleMeetTalkAndPart() throws Exception {
        var npm = Npm.in(FOLDER);
        if (npm.isEmpty()) {
            System.out.println("SKIPPED: e2e/js needs npm, which is not on the PATH");
            abort("npm is not on the PATH");
            return;
        }
        npm.get().install();
        try (var database = TestDatabase.create();
                var server = new Server(database)) {
            server.start();
            var lines = converse(npm.get().node(), server);
            assertThat(lines).last().asString().startsWith("@@done");
        }
    }

    private static List<String> converse(Path node, Server server)
            throws IOException, InterruptedException {
        var errors = Files.createTempFile("e2e", ".log");
        var builder =
                new ProcessBuilder(node.toString(), "conversation.mjs")
                        .directory(FOLDER.toFile())
                        .redirectError(errors.toFile());
        builder.environment().put("LARES_URL", server.url());
        var process = builder.start();
        var lines = new ArrayList<String>();
        try (var output =
                        new BufferedReader(
                                new InputStreamReader(
                                        process.getInputStream(), StandardCharsets.UTF_8));
                var input = process.outputWriter(StandardCharsets.UTF_8)) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                if (line.matches("(\\s*\\d+ ms  |@@).*")) {
                    System.out.println("e2e/js: " + line);
                }
                lines.add(line);
                if (line.equals("@@restart")) {
                    server.stop();
                    server.start();
                    input.write("@@restarted\n");
                    input.flush();
                }
            }
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as("%s%n%s", lines, Files.readString(errors)).isZero();
        Files.delete(errors);
        return lines;
    }

    /// The whole server on a port that outlives restarts.
    private static final class Server implements AutoCloseable {
        private final TestDatabase database;
        private final int port = freePort();
        private ConfigurableApplicationContext context;

        Server(TestDatabase database) {
            this.database = database;
        }

        String url() {
            return "http://127.0.0.1:" + port;
        }

        void start() {
            context =
                    new SpringApplicationBuilder(LaresApplication.class)
                            .run(
                                    "--lares.http.address=127.0.0.1",
                                    "--lares.http.port=" + port,
                                    "--management.server.port=-1",
                                    "--spring.datasource.url=" + database.jdbcUrl(),
                                    "--spring.datasource.username=" + database.username(),
                                    "--spring.datasource.password=" + database.password(),
                                    "--lares.registration.mode=open",
                                    "--lares.ratelimit.enabled=false");
        }

        void stop() {
            context.close();
        }

        @Override
        public void close() {
            stop();
        }

        private static int freePort() {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
