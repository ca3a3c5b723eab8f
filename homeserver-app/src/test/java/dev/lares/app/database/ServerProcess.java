package dev.lares.app.database;

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
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The server as its users start it: a process of its own in a directory of its own, without any
/// configuration but what a test gives.
final class ServerProcess implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final Process process;
    private final Path log;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static ServerProcess start(Path directory, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-cp", classPathOfTheProduct()));
        command.add(LaresApplication.class.getName());
        // Two servers on one machine must not want the same port.
        command.addAll(List.of("--lares.http.port=0", "--lares.management.port=0"));
        command.addAll(List.of(arguments));
        var log = Files.createTempFile(directory, "server", ".log");
        var builder =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SPRING_"));
        return new ServerProcess(builder.start(), log);
    }

    /// Without tests and their fixtures, whose beans the server would find.
    private static String classPathOfTheProduct() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .filter(entry -> !entry.endsWith("-tests.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    ServerProcess awaitStarted() throws IOException, InterruptedException {
        var deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!output().contains("Started LaresApplication")) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() - deadline > 0) {
                throw new AssertionError("the server did not start:\n" + output());
            }
        }
        return this;
    }

    int awaitEnd() throws InterruptedException {
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

    String output() {
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
