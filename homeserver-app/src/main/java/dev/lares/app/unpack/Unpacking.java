package dev.lares.app.unpack;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/// A folder with the server as files, its AOT cache, and the options that belong together.
///
/// @param jar the packaged server
/// @param directory the folder; empty, or yet to be made
/// @param training how long the load of the training lasts
public record Unpacking(Path jar, Path directory, Duration training) {
    private static final String PROGRAM = "lares.jar";
    private static final String CACHE = "lares.aot";
    private static final String OPTIONS = "lares.options";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// What the documentation suggests; the cache fits only a JVM with the same layout of objects.
    private static final List<String> STANDARD_OPTIONS =
            List.of("-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError");

    public Unpacking {
        jar = jar.toAbsolutePath().normalize();
        directory = directory.toAbsolutePath().normalize();
    }

    /// Makes it. Throws an [UnpackingException]; what is there then is of no use.
    ///
    /// @param tell gets a line for each step
    /// @return the file of options to start with: `java @file`
    public Path run(Consumer<String> tell) throws InterruptedException {
        try {
            requireEmpty();
            var work = Files.createTempDirectory("lares-training");
            try {
                return run(work, tell);
            } finally {
                FileSystemUtils.deleteRecursively(work);
            }
        } catch (IOException e) {
            throw new UnpackingException("The server cannot be unpacked: " + e.getMessage(), e);
        }
    }

    private void requireEmpty() throws IOException {
        if (Files.exists(directory)) {
            try (var files = Files.list(directory)) {
                if (files.findAny().isPresent()) {
                    throw new UnpackingException(
                            directory + " is not empty: name a new folder, or empty it");
                }
            }
        }
    }

    private Path run(Path work, Consumer<String> tell) throws IOException, InterruptedException {
        tell.accept("Unpacking into " + directory);
        var program = directory.resolve(PROGRAM);
        runToEnd(
                work,
                "unpack.log",
                List.of(
                        "-Djarmode=tools",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--force",
                        "--application-filename",
                        PROGRAM,
                        "--destination",
                        directory.toString()));

        tell.accept(
                "Training: a server with a database of its own serves a made-up load for "
                        + training.toSeconds()
                        + " s");
        var cache = directory.resolve(CACHE);
        var options = jvmOptions();
        new Training(Files.createDirectory(work.resolve("training")), training)
                .run(program, cache, options);

        // A JVM goes on without a cache that it cannot use, and says nothing: here it must not.
        var check = new ArrayList<>(options);
        check.addAll(List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on"));
        check.addAll(List.of("-jar", program.toString(), "--version"));
        runToEnd(work, "check.log", check);
        return writeOptions(program, cache, options);
    }

    private static void runToEnd(Path work, String log, List<String> arguments)
            throws IOException, InterruptedException {
        try (var program = JavaProgram.start(work, work.resolve(log), arguments)) {
            program.awaitEnd(PATIENCE, 0);
        }
    }

    /// Those with which this JVM was started, which the user wants for the server as well. What
    /// stands in the environment stays there.
    private static List<String> jvmOptions() {
        var ofEnvironment =
                Stream.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")
                        .map(name -> System.getenv().getOrDefault(name, ""))
                        .flatMap(text -> Arrays.stream(text.split("\\s+")))
                        .collect(Collectors.toSet());
        return Stream.concat(
                        STANDARD_OPTIONS.stream(),
                        ManagementFactory.getRuntimeMXBean().getInputArguments().stream())
                .filter(Predicate.not(ofEnvironment::contains))
                .filter(option -> !option.startsWith("-agentlib:"))
                .distinct()
                .toList();
    }

    private Path writeOptions(Path program, Path cache, List<String> options) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("# java @" + OPTIONS + " starts the server with what a training run has learnt.");
        lines.add("# The cache fits this JDK, these files, and object headers as here.");
        lines.add(quoted("-XX:AOTCache=" + cache));
        options.forEach(option -> lines.add(quoted(option)));
        lines.add("-jar");
        lines.add(quoted(program.toString()));
        return Files.write(directory.resolve(OPTIONS), lines);
    }

    /// As the java launcher reads files of arguments.
    private static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
