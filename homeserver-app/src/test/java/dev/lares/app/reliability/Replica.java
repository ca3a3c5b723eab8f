package dev.lares.app.reliability;

import dev.lares.app.reliability.BreakingServer.Break;
import dev.lares.core.testing.BreakingSockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A server process that can be killed, stopped and started again, always on the same port. One
/// without a database of others runs the bundled PostgreSQL in its directory.
final class Replica implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    /// Below the ports that the system gives to clients, one of which could take the place of a
    /// server that is down.
    private static final AtomicInteger PORTS =
            new AtomicInteger(20_000 + (int) (ProcessHandle.current().pid() % 1_000) * 10);

    private static final String PGJDBC = "--spring.datasource.hikari.data-source-properties.";

    private final Path directory;
    private final List<String> settings;
    private final int port = freePort();
    private int starts;
    private @Nullable Process process;
    private @Nullable Path log;

    /// @param directory its own; made when it is missing
    /// @param settings beside the fixture's own, as `key=value`
    Replica(Path directory, List<String> settings) {
        this.directory = directory;
        this.settings = List.copyOf(settings);
    }

    private static int freePort() {
        for (int i = 0; i < 1_000; i++) {
            int port = PORTS.getAndIncrement();
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // The next one.
            }
        }
        throw new IllegalStateException("no port is free");
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    Path directory() {
        return directory;
    }

    /// Returns when it serves requests.
    Replica start() throws IOException, InterruptedException {
        launch();
        awaitStarted();
        return this;
    }

    /// Begins to start it, for others to start meanwhile.
    void launch() throws IOException {
        Files.createDirectories(directory);
        Files.deleteIfExists(directory.resolve(BreakingServer.ARMED));
        starts++;
        log = directory.resolve("server-" + starts + ".log");
        var builder =
                new ProcessBuilder(command())
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("SPRING_") || name.startsWith("LARES_"));
        process = builder.start();
        process.getOutputStream().close();
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // What counts is how fast it starts.
        command.addAll(
                List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(BreakingServer.class.getName());
        command.add("--lares.http.address=127.0.0.1");
        command.add("--lares.http.port=" + port);
        command.add("--management.server.port=-1");
        command.add("--lares.ratelimit.enabled=false");
        command.add("--lares.registration.mode=open");
        command.add("--lares.password.hash-memory-kib=64");
        command.add("--lares.password.hash-iterations=1");
        command.add(PGJDBC + "socketFactory=" + BreakingSockets.class.getName());
        command.add(PGJDBC + "socketFactoryArg=" + BreakingServer.SOCKETS);
        settings.forEach(setting -> command.add("--" + setting));
        return command;
    }

    void awaitStarted() throws InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!output().contains("Started LaresApplication")) {
            if (running().waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() - deadline > 0) {
                running().destroyForcibly();
                throw new AssertionError("the server did not start:\n" + output());
            }
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("it was never started");
        }
        return process;
    }

    ProcessHandle handle() {
        return running().toHandle();
    }

    /// `kill -9`.
    void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    /// Lets it break by itself in the next append that gets that far.
    void arm(Break next) throws IOException {
        next.arm(directory);
    }

    /// Waits until it has broken by itself.
    void awaitEnd() throws InterruptedException {
        if (!running().waitFor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the server did not end:\n" + output());
        }
    }

    /// Waits until it has stopped itself.
    void awaitStopped() throws InterruptedException, IOException {
        var status = Path.of("/proc", Long.toString(running().pid()), "status");
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!Files.readString(status).contains("State:\tT")) {
            if (running().waitFor(10, TimeUnit.MILLISECONDS) || System.nanoTime() - deadline > 0) {
                throw new AssertionError("the server did not stop itself:\n" + output());
            }
        }
    }

    /// Of the last start.
    String output() {
        try {
            return log == null ? "" : Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends it as an operator would.
    @Override
    public void close() throws InterruptedException {
        if (process == null) {
            return;
        }
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
