package dev.lares.core.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/// What PostgreSQL notes about itself in `postmaster.pid` ([meaning of its
/// lines](https://www.postgresql.org/docs/18/storage-file-layout.html)).
///
/// @param pid process of the postmaster
/// @param port where it listens
/// @param status `starting`, `ready`, `standby` or `stopping`
record PostmasterFile(long pid, int port, String status) {
    private static final String NAME = "postmaster.pid";
    private static final int LINE_PORT = 3;
    private static final int LINE_STATUS = 7;

    /// Empty when there is none, or when it is not written to its end yet.
    static Optional<PostmasterFile> read(Path dataDirectory) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(dataDirectory.resolve(NAME), UTF_8);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            var pid = Long.parseLong(lines.getFirst().strip());
            var port =
                    lines.size() > LINE_PORT ? Integer.parseInt(lines.get(LINE_PORT).strip()) : 0;
            var status = lines.size() > LINE_STATUS ? lines.get(LINE_STATUS).strip() : "starting";
            return Optional.of(new PostmasterFile(pid, port, status));
        } catch (NumberFormatException | NoSuchElementException e) {
            return Optional.empty();
        }
    }

    /// The process, if it lives and is a PostgreSQL.
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(process -> process.isAlive() && !isZombie(process))
                .filter(PostmasterFile::isPostgres);
    }

    /// Dead, but not yet taken notice of: where process 1 of a container is no init, it stays so.
    private static boolean isZombie(ProcessHandle process) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.anyMatch(line -> line.startsWith("State:") && line.contains("Z"));
        } catch (IOException | UncheckedIOException notLinuxOrGone) {
            return false;
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        // The command is missing when it belongs to another user: PostgreSQL then decides, and says
        // so.
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(true);
    }

    /// Lets a start go on where the file is left over and its process id belongs to something else
    /// by now. In a container that is the normal case: ids are small there, and PostgreSQL takes
    /// even a thread of this JVM for a living postmaster and refuses. Deleting the file would also
    /// drop its shared memory key, with which PostgreSQL notices backends that outlived their
    /// postmaster; so only the id is replaced, with that of this process, which PostgreSQL knows to
    /// be its starter.
    static void forgetDeadProcess(Path dataDirectory) throws IOException {
        var file = dataDirectory.resolve(NAME);
        if (Files.notExists(file)) {
            return;
        }
        var lines = Files.readAllLines(file, UTF_8);
        if (lines.isEmpty()) {
            Files.delete(file);
            return;
        }
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(file, lines, UTF_8);
    }
}
