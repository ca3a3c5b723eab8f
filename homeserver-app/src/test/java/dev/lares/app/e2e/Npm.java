package dev.lares.app.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A folder with JavaScript packages, installed from its lock file, and a Node.js that is new
/// enough for them.
final class Npm {
    /// The SDK wants at least this one.
    private static final int NODE_VERSION_MIN = 22;

    private static final int INSTALL_PATIENCE_MINUTES = 5;

    private final Path folder;
    private final Path npm;

    private Npm(Path folder, Path npm) {
        this.folder = folder;
        this.npm = npm;
    }

    /// Nothing where the machine has no npm.
    static Optional<Npm> in(Path folder) {
        return onPath("npm").map(npm -> new Npm(folder, npm));
    }

    /// Installs what the lock file names, unless it is there already.
    void install() throws IOException, InterruptedException {
        var marker = folder.resolve("node_modules/.lares-installed");
        var lock = Files.readString(folder.resolve("package-lock.json"));
        if (Files.exists(marker) && Files.readString(marker).equals(lock)) {
            return;
        }
        run(npm.toString(), "ci", "--no-fund", "--no-audit", "--loglevel=error");
        Files.writeString(marker, lock);
    }

    /// The machine's Node.js, else the one that the lock file brings.
    Path node() {
        var bundled = folder.resolve("node_modules/.bin/node");
        return onPath("node").filter(Npm::isNewEnough).orElse(bundled);
    }

    private static boolean isNewEnough(Path node) {
        try {
            var process = new ProcessBuilder(node.toString(), "--version").start();
            var version = new String(process.getInputStream().readAllBytes()).strip();
            return Integer.parseInt(version.replaceFirst("^v(\\d+).*$", "$1")) >= NODE_VERSION_MIN;
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }

    private void run(String... command) throws IOException, InterruptedException {
        var log = Files.createTempFile("npm", ".log");
        var process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        boolean ended = process.waitFor(INSTALL_PATIENCE_MINUTES, TimeUnit.MINUTES);
        if (!ended || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " failed:\n" + Files.readString(log));
        }
        Files.delete(log);
    }

    private static Optional<Path> onPath(String program) {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        try (Stream<String> folders = Stream.of(path.split(File.pathSeparator))) {
            return folders.map(folder -> Path.of(folder, program))
                    .filter(Files::isExecutable)
                    .findFirst();
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
