package dev.lares.core.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server process of one data directory, whose lock the caller holds.
final class Postmaster {
    private static final Logger log = LoggerFactory.getLogger(Postmaster.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int START_TRIES = 3;
    private static final int LOG_TAIL_LINES = 20;

    private final BundledPostgresSettings settings;
    private final PostgresProgram program;
    private final String superuserPassword;
    private volatile long pid;
    private volatile int port;
    private boolean adopted;

    Postmaster(
            BundledPostgresSettings settings, PostgresProgram program, String superuserPassword) {
        this.settings = settings;
        this.program = program;
        this.superuserPassword = superuserPassword;
    }

    long pid() {
        return pid;
    }

    int port() {
        return port;
    }

    boolean adopted() {
        return adopted;
    }

    /// Takes over a server that outlived a killed JVM if it is ours and runs as it should; restarts
    /// it if it is ours and does not.
    void adoptOrStart() throws IOException {
        Files.createDirectories(settings.logDirectory());
        var left = PostmasterFile.read(settings.dataDirectory()).flatMap(PostmasterFile::process);
        if (left.isPresent()) {
            if (adopt(left.get())) {
                return;
            }
            stop();
        }
        start(settings.port());
    }

    private boolean adopt(ProcessHandle process) throws IOException {
        log.warn(
                "PostgreSQL (process {}) still runs in {}: a server before this one did not stop cleanly",
                process.pid(),
                settings.dataDirectory());
        var ready = awaitReady(process);
        if (ready.isEmpty()) {
            return false;
        }
        pid = ready.get().pid();
        port = ready.get().port();
        if (settings.port() != 0 && settings.port() != port) {
            return false;
        }
        ServerConfiguration.write(settings, port);
        try {
            repository().reload();
            var wrong = whatIsWrong(repository().effectiveSettings());
            if (wrong.isPresent()) {
                log.warn("It is restarted: {}", wrong.get());
                return false;
            }
        } catch (SQLException e) {
            throw new PostgresStartException(
                    "The PostgreSQL (process %d) that runs in %s does not let us in: %s. Stop it by hand and start again."
                            .formatted(pid, settings.dataDirectory(), e.getMessage()),
                    e);
        }
        adopted = true;
        log.info("Adopted the PostgreSQL on port {}", port);
        return true;
    }

    /// Takes note of the server that another process runs; false where there is none that is ready.
    boolean join() throws IOException {
        var ready =
                PostmasterFile.read(settings.dataDirectory())
                        .filter(file -> file.process().isPresent())
                        .filter(file -> file.status().equals("ready"));
        ready.ifPresent(file -> {
            pid = file.pid();
            port = file.port();
        });
        return ready.isPresent();
    }

    /// Waits while it starts or recovers; empty when it ends meanwhile.
    private Optional<PostmasterFile> awaitReady(ProcessHandle process) throws IOException {
        var deadline = System.nanoTime() + settings.startTimeout().toNanos();
        while (System.nanoTime() - deadline < 0) {
            var file = PostmasterFile.read(settings.dataDirectory());
            if (file.isEmpty() || hasEndedWithin(process, POLL)) {
                return Optional.empty();
            }
            if (file.get().status().equals("ready")) {
                return file;
            }
        }
        throw new PostgresStartException(
                "The PostgreSQL (process %d) that runs in %s does not get ready.%n%s"
                        .formatted(process.pid(), settings.dataDirectory(), logTail()));
    }

    private static boolean hasEndedWithin(ProcessHandle process, Duration wait) {
        try {
            process.onExit().get(wait.toMillis(), MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process cannot be awaited", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresStartException("interrupted while PostgreSQL started", e);
        }
    }

    /// What keeps a running server from being used as it is.
    private Optional<String> whatIsWrong(Map<String, String> effective) throws IOException {
        for (var required : ServerConfiguration.REQUIRED.entrySet()) {
            var found = effective.get(required.getKey());
            if (!required.getValue().equals(found)) {
                return Optional.of(
                        "%s is '%s' and must be '%s'"
                                .formatted(required.getKey(), found, required.getValue()));
            }
        }
        var version = effective.get("server_version");
        if (!program.version().equals(version)) {
            return Optional.of(
                    "it is version %s and ours is %s".formatted(version, program.version()));
        }
        var data = effective.get("data_directory");
        if (data == null || !Path.of(data).toRealPath().equals(realDataDirectory())) {
            return Optional.of("its data directory is %s".formatted(data));
        }
        return "true".equals(effective.get("pending_restart"))
                ? Optional.of("its configuration has changed")
                : Optional.empty();
    }

    private Path realDataDirectory() throws IOException {
        return settings.dataDirectory().toRealPath();
    }

    /// Starts it on the port that it had, after it ended by itself.
    void startAgain() throws IOException {
        start(port);
    }

    /// @param wanted the port; 0 takes a free one
    private void start(int wanted) throws IOException {
        PostmasterFile.forgetDeadProcess(settings.dataDirectory());
        // A free port may be taken by another between the look and the start.
        var triesLeft = wanted == 0 ? START_TRIES : 1;
        while (true) {
            port = wanted == 0 ? freePort() : wanted;
            ServerConfiguration.write(settings, port);
            triesLeft--;
            var output = pgCtlStart();
            if (output.isEmpty()) {
                break;
            }
            if (triesLeft == 0 || !output.get().contains("Address already in use")) {
                throw new PostgresStartException(output.get());
            }
        }
        var file = PostmasterFile.read(settings.dataDirectory());
        if (file.isEmpty()) {
            throw new PostgresStartException(failure("it ended at once"));
        }
        pid = file.get().pid();
        adopted = false;
        log.info(
                "PostgreSQL {} runs in {} on 127.0.0.1:{} (process {})",
                program.version(),
                settings.dataDirectory(),
                port,
                pid);
    }

    /// Empty on success, else what went wrong. `pg_ctl` detaches the server from our process group
    /// and notices at once when it ends.
    private Optional<String> pgCtlStart() throws IOException {
        var timeout = settings.startTimeout();
        var startLog = settings.logDirectory().resolve("start.log");
        Files.writeString(startLog, "", UTF_8);
        var arguments =
                List.of(
                        "start",
                        "--pgdata=" + settings.dataDirectory(),
                        "--log=" + startLog,
                        "--wait",
                        "--timeout=" + timeout.toSeconds(),
                        "--silent");
        var result = program.run(timeout.plusSeconds(10), "pg_ctl", arguments);
        return result.exitCode() == 0
                ? Optional.empty()
                : Optional.of(failure(result.output().strip()));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /// Makes what the application needs and checks what it relies on, as it is in force.
    void prepare(String ownerPassword) throws IOException {
        try {
            repository().prepare(ownerPassword);
            var wrong = whatIsWrong(repository().effectiveSettings());
            if (wrong.isPresent()) {
                throw new PostgresStartException(
                        "The bundled PostgreSQL in %s does not run as it must: %s."
                                .formatted(settings.dataDirectory(), wrong.get()));
            }
        } catch (SQLException e) {
            throw new PostgresStartException(
                    "The bundled PostgreSQL in %s does not let us in: %s. Its passwords are in the files *.password beside it: were they changed or lost?"
                            .formatted(settings.dataDirectory(), e.getMessage()),
                    e);
        }
    }

    private PostgresServerRepository repository() {
        return PostgresServerRepository.at(port, superuserPassword);
    }

    /// Ends sessions and writes everything out; if that takes too long, stops as a crash would,
    /// which costs a recovery at the next start and nothing else.
    void stop() throws IOException {
        var result = pgCtlStop("fast");
        if (result.exitCode() != 0) {
            log.warn("PostgreSQL did not stop: {}", result.output().strip());
            result = pgCtlStop("immediate");
        }
        if (result.exitCode() != 0) {
            throw new PostgresStartException(
                    "The bundled PostgreSQL cannot be stopped: " + result.output().strip());
        }
    }

    private PostgresProgram.Result pgCtlStop(String mode) throws IOException {
        if (PostmasterFile.read(settings.dataDirectory())
                .flatMap(PostmasterFile::process)
                .isEmpty()) {
            return new PostgresProgram.Result(0, "");
        }
        var arguments =
                List.of(
                        "stop",
                        "--pgdata=" + settings.dataDirectory(),
                        "--mode=" + mode,
                        "--wait",
                        "--timeout=" + STOP_TIMEOUT.toSeconds(),
                        "--silent");
        return program.run(STOP_TIMEOUT.plusSeconds(10), "pg_ctl", arguments);
    }

    private String failure(String what) throws IOException {
        return "The bundled PostgreSQL in %s does not start: %s%nThe end of its log (%s):%n%s"
                .formatted(settings.dataDirectory(), what, settings.logDirectory(), logTail());
    }

    private String logTail() throws IOException {
        try (var files = Files.list(settings.logDirectory())) {
            // The newest two: what came before the logger ran, and what it wrote.
            return files.sorted((a, b) -> Long.compare(modified(b), modified(a)))
                    .limit(2)
                    .flatMap(file -> tail(file).stream())
                    .collect(Collectors.joining("\n"));
        }
    }

    private static long modified(Path file) {
        return file.toFile().lastModified();
    }

    private static List<String> tail(Path file) {
        try {
            var lines = Files.readAllLines(file, UTF_8);
            return lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size());
        } catch (IOException e) {
            return List.of(file + " cannot be read: " + e.getMessage());
        }
    }
}
