package dev.lares.core.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Runs the programs of an unpacked PostgreSQL: `initdb`, `pg_ctl`, `postgres`.
///
/// None of them runs as root. Where this process does, they are started in a user namespace
/// (`unshare -U`), in which they are nobody, while their files stay root's outside of it.
record PostgresProgram(Path home, boolean inUserNamespace) {
    private static final Duration QUICK = Duration.ofSeconds(20);

    /// Fails when this process is root and the system forbids user namespaces.
    static PostgresProgram at(Path home) throws IOException {
        var root = isRoot();
        if (root && !mayUnshare()) {
            throw new PostgresStartException(
                    "PostgreSQL does not run as root, and this system does not allow the user namespace in which it could. Start the server as another user, or set spring.datasource.url to use a PostgreSQL of your own.");
        }
        return new PostgresProgram(home, root);
    }

    private static boolean isRoot() throws IOException {
        var self = Path.of("/proc/self");
        return Files.exists(self)
                ? Files.getAttribute(self, "unix:uid").equals(0)
                : System.getProperty("user.name").equals("root");
    }

    private static boolean mayUnshare() {
        try {
            return execute(List.of("unshare", "-U", "true"), QUICK).exitCode() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    Result run(Duration timeout, String program, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        if (inUserNamespace) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return execute(command, timeout);
    }

    /// For example `18.6`.
    String version() throws IOException {
        var answer = run(QUICK, "postgres", List.of("--version"));
        if (answer.exitCode() != 0) {
            throw new PostgresStartException(
                    "The bundled PostgreSQL does not run on this system: " + answer.output());
        }
        var line = answer.output().strip();
        return line.substring(line.lastIndexOf(' ') + 1);
    }

    static String majorOf(String version) {
        return version.split("\\.", 2)[0];
    }

    private static Result execute(List<String> command, Duration timeout) throws IOException {
        // To a file and not a pipe: whatever the program leaves running would keep a pipe open.
        var output = Files.createTempFile("lares-postgres", ".out");
        try {
            var builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            // PGDATA, PGPORT and others of an own PostgreSQL must not leak into this one.
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.environment().put("LC_ALL", "C");
            var process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(timeout.toMillis(), MILLISECONDS)) {
                process.destroyForcibly();
                return new Result(-1, "no answer within " + timeout.toSeconds() + " s");
            }
            return new Result(process.exitValue(), Files.readString(output, UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresStartException("interrupted while waiting for " + command, e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /// The name of the archive that fits this machine, without its ending.
    static String platform() {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        var family =
                os.startsWith("mac") ? "darwin" : os.startsWith("windows") ? "windows" : "linux";
        var processor = arch.equals("aarch64") || arch.equals("arm64") ? "arm_64" : "x86_64";
        return family + "-" + processor;
    }

    record Result(int exitCode, String output) {}
}
