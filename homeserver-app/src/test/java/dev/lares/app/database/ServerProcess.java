package dev.lares.app.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lares.app.LaresApplication;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The server as its users start it: a process of its own in a directory of its own, without any
/// configuration but what a test gives.
public final class ServerProcess implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final Process process;
    private final Path log;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    public static ServerProcess start(Path directory, String... arguments) throws IOException {
        var all = new ArrayList<>(List.of(arguments));
        // Two servers on one machine must not want the same port.
        all.addAll(List.of("--lares.http.port=0", "--lares.management.port=0"));
        return launch(directory, "", Optional.empty(), all);
    }

    /// A command of the same program; what it reads is given at once.
    public static ServerProcess command(Path directory, String input, String... arguments)
            throws IOException {
        return launch(directory, input, Optional.empty(), List.of(arguments));
    }

    /// A command whose standard output goes to a file by itself.
    public static ServerProcess commandInto(Path output, Path directory, String... arguments)
            throws IOException {
        return launch(directory, "", Optional.of(output), List.of(arguments));
    }

    private static ServerProcess launch(
            Path directory, String input, Optional<Path> output, List<String> arguments)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", classPathOfTheProduct()));
        command.add(LaresApplication.class.getName());
        command.addAll(arguments);
        var log = Files.createTempFile(directory, "process", ".log");
        var builder =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectError(log.toFile())
                        .redirectOutput(output.orElse(log).toFile());
        builder.redirectErrorStream(output.isEmpty());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("SPRING_") || name.startsWith("LARES_"));
        var process = builder.start();
        try (var standardInput = process.getOutputStream()) {
            standardInput.write(input.getBytes(UTF_8));
        }
        return new ServerProcess(process, log);
    }

    /// Without tests and their fixtures, whose beans the server would find.
    private static String classPathOfTheProduct() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .filter(entry -> !entry.endsWith("-tests.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    public ServerProcess awaitStarted() throws IOException, InterruptedException {
        var deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!output().contains("Started LaresApplication")) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() - deadline > 0) {
                process.destroyForcibly();
                throw new AssertionError("the server did not start:\n" + output());
            }
        }
        return this;
    }

    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the server did not end:\n" + output());
        }
        return process.exitValue();
    }

    void askToStop() {
        process.destroy();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Where the server listens, told by the link that it prints for the first administrator.
    public int port() throws InterruptedException {
        var deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!output().contains("/_lares/setup")) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() - deadline > 0) {
                throw new AssertionError("the server printed no link:\n" + output());
            }
        }
        return Integer.parseInt(
                output().replaceFirst("(?s).*http://localhost:(\\d+)/_lares/setup.*", "$1"));
    }

    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        askToStop();
        if (!process.waitFor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
        }
    }
}
