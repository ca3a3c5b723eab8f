package dev.lares.app.unpack;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A JVM beside this one, of the same JDK, that sees none of this server's settings.
final class JavaProgram implements AutoCloseable {
    private static final int OUTPUT_CHARS_SHOWN = 4_000;

    private final Process process;
    private final Path log;

    private JavaProgram(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// @param directory its working directory
    /// @param log a new file, for what it prints
    static JavaProgram start(Path directory, Path log, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        var builder =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .redirectOutput(log.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("SPRING_") || name.startsWith("LARES_"));
        return new JavaProgram(builder.start(), log);
    }

    /// Whether it has ended before so long.
    boolean endsWithin(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Asks it to end.
    void askToEnd() {
        process.destroy();
    }

    /// Fails unless it ends in time, with that exit code.
    void awaitEnd(Duration patience, int exitCode) throws IOException, InterruptedException {
        if (!endsWithin(patience)) {
            throw failure("did not end within " + patience.toSeconds() + " s");
        }
        if (process.exitValue() != exitCode) {
            throw failure("ended with " + process.exitValue());
        }
    }

    UnpackingException failure(String what) throws IOException {
        var output = Files.readString(log);
        return new UnpackingException(
                "A Java process %s:%n%s"
                        .formatted(
                                what,
                                output.substring(
                                        Math.max(0, output.length() - OUTPUT_CHARS_SHOWN))));
    }

    /// Leaves nothing running.
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
