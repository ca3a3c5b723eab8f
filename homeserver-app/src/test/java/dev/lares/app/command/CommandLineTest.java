package dev.lares.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.app.database.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    @TempDir Path directory;

    private String succeed(String input, String... arguments) throws Exception {
        try (var command = ServerProcess.command(directory, input, arguments)) {
            assertThat(command.awaitEnd()).as(command.output()).isZero();
            return command.output();
        }
    }

    private String fail(int exitCode, String input, String... arguments) throws Exception {
        try (var command = ServerProcess.command(directory, input, arguments)) {
            assertThat(command.awaitEnd()).as(command.output()).isEqualTo(exitCode);
            return command.output();
        }
    }

    private static int statusOfLogin(int port, String user, String password)
            throws IOException, InterruptedException {
        var body =
                """
                {"type": "m.login.password", "password": "%s",
                 "identifier": {"type": "m.id.user", "user": "%s"}}
                """
                        .formatted(password, user);
        var request =
                HttpRequest.newBuilder(
                                URI.create("http://localhost:" + port + "/_matrix/client/v3/login"))
                        .timeout(Duration.ofSeconds(30))
                        .POST(BodyPublishers.ofString(body, UTF_8))
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString()).statusCode();
        }
    }

    @Test
    void managesUsersBesideARunningServer() throws Exception {
        try (var server =
                ServerProcess.start(directory, "--lares.registration.mode=token").awaitStarted()) {
            var port = server.port();

            assertThat(succeed("first secret\n", "user", "create", "alice", "--password-stdin"))
                    .contains("Made @alice:localhost");
            assertThat(statusOfLogin(port, "alice", "first secret")).isEqualTo(200);
            assertThat(fail(1, "x", "user", "create", "alice", "--no-password"))
                    .contains("taken")
                    .doesNotContain("\tat ");

            succeed("second secret", "user", "reset-password", "alice", "--password-stdin");
            assertThat(statusOfLogin(port, "alice", "first secret")).isEqualTo(403);
            assertThat(statusOfLogin(port, "alice", "second secret")).isEqualTo(200);

            assertThat(succeed("", "user", "promote", "@alice:localhost"))
                    .contains("@alice:localhost is an administrator");

            assertThat(fail(2, "", "user", "deactivate", "alice")).contains("--yes");
            assertThat(statusOfLogin(port, "alice", "second secret")).isEqualTo(200);
            succeed("", "user", "deactivate", "alice", "--yes");
            assertThat(statusOfLogin(port, "alice", "second secret")).isEqualTo(403);

            assertThat(fail(1, "", "user", "promote", "nobody")).contains("no account");
            assertThat(fail(1, "", "user", "promote", "@alice:elsewhere.example"))
                    .contains("hosts no users of elsewhere.example");
            managesRegistrationTokens(port);
            assertThat(succeed("", "db", "check")).contains("0 contradictions");
            assertThat(server.output()).doesNotContain("ERROR");
        }
    }

    private void managesRegistrationTokens(int port) throws Exception {
        var made = succeed("", "registration-token", "create", "--uses", "2", "--expires-in", "7d");
        var token = made.lines().filter(line -> line.matches("[a-z2-9]{20}")).findFirst();
        assertThat(token).as(made).isPresent();
        assertThat(made).contains("lares.registration.mode");
        var list = succeed("", "registration-token", "list");
        assertThat(list)
                .contains(token.get().substring(0, 3) + "...", "0 of 2", "yes")
                .doesNotContain(token.get());
        assertThat(registrationTokenValidity(port, token.get())).contains("\"valid\":true");

        var row = list.lines().filter(line -> line.contains("0 of 2")).findFirst().orElseThrow();
        var id = row.split(" ")[0];
        succeed("", "registration-token", "delete", id);
        assertThat(registrationTokenValidity(port, token.get())).contains("\"valid\":false");
    }

    private static String registrationTokenValidity(int port, String token)
            throws IOException, InterruptedException {
        var path = "/_matrix/client/v1/register/m.login.registration_token/validity?token=";
        var request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path + token))
                        .timeout(Duration.ofSeconds(30))
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    @Test
    void backsUpBesideARunningServerAndRestoresElsewhere() throws Exception {
        var file = directory.resolve("lares.backup");
        var piped = directory.resolve("piped.backup");
        try (var server = ServerProcess.start(directory).awaitStarted()) {
            succeed("a secret", "user", "create", "alice", "--password-stdin");
            assertThat(succeed("", "backup", "lares.backup")).contains("Backed up");
            assertThat(Files.getPosixFilePermissions(file))
                    .containsExactlyInAnyOrder(OWNER_READ, OWNER_WRITE);
            try (var command = ServerProcess.commandInto(piped, directory, "backup", "-")) {
                assertThat(command.awaitEnd()).as(command.output()).isZero();
                assertThat(command.output()).contains("Backed up");
            }
            assertThat(fail(1, "", "restore", "lares.backup"))
                    .contains("in use by another server")
                    .doesNotContain("\tat ");
            assertThat(server.output()).doesNotContain("ERROR");
        }
        assertThat(CommandLine.execute(Object.class, "backup", "verify", file.toString())).isZero();
        assertThat(CommandLine.execute(Object.class, "backup", "verify", piped.toString()))
                .isZero();
        Files.write(piped, Arrays.copyOf(Files.readAllBytes(piped), 5_000));
        assertThat(CommandLine.execute(Object.class, "backup", "verify", piped.toString()))
                .isEqualTo(1);

        var elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        try (var command = ServerProcess.command(elsewhere, "", "restore", file.toString())) {
            assertThat(command.awaitEnd()).as(command.output()).isZero();
            assertThat(command.output()).contains("Restored", "0 contradictions");
        }
        try (var server = ServerProcess.start(elsewhere).awaitStarted()) {
            assertThat(statusOfLogin(server.port(), "alice", "a secret")).isEqualTo(200);
            assertThat(server.output()).doesNotContain("ERROR", "promoted or restored");
        }
    }

    @Test
    void checksTheSettingsWithoutStartingAnything() throws Exception {
        assertThat(succeed("", "config", "check")).contains("The settings are fine.");
        Files.writeString(directory.resolve("lares.yaml"), "lares:\n  http:\n    port: 70000\n");
        assertThat(fail(1, "", "config", "check")).contains("lares.http.port", "70000");
        Files.writeString(directory.resolve("lares.yaml"), "lares:\n  prot: 8008\n");
        assertThat(fail(1, "", "config", "check")).contains("Unknown setting: lares.prot");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void saysWhatItUnderstands() {
        assertThat(CommandLine.execute(Object.class, "--help")).isZero();
        assertThat(CommandLine.execute(Object.class, "user", "--help")).isZero();
        assertThat(CommandLine.execute(Object.class, "usr", "create")).isEqualTo(2);
        assertThat(CommandLine.execute(Object.class, "user")).isEqualTo(2);
        assertThat(CommandLine.execute(Object.class, "user", "create")).isEqualTo(2);
        assertThat(CommandLine.execute(Object.class, "backup")).isEqualTo(2);
        assertThat(CommandLine.execute(Object.class, "backup", "verify")).isEqualTo(2);
        assertThat(CommandLine.execute(Object.class, "restore")).isEqualTo(2);
        assertThat(CommandLine.execute(Object.class, "unpack")).isEqualTo(2);
        assertThat(CommandLine.execute(Object.class, "unpack", "folder", "--training=soon"))
                .isEqualTo(2);
        // The test's class path is no jar.
        assertThat(CommandLine.execute(Object.class, "unpack", "folder")).isEqualTo(1);
        var create = List.of("registration-token", "create");
        for (var wrong : List.of("--uses=many", "--expires-in=soon", "--expires-in=-1h")) {
            assertThat(CommandLine.execute(Object.class, create.get(0), create.get(1), wrong))
                    .isEqualTo(2);
        }
        assertThat(CommandLine.execute(Object.class, "registration-token", "delete")).isEqualTo(2);
    }
}
