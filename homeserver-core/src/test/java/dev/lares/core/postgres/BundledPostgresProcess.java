package dev.lares.core.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// A JVM that starts a bundled PostgreSQL and stays, to be killed by a test.
final class BundledPostgresProcess {
    private BundledPostgresProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        var settings =
                BundledPostgresSettings.in(Path.of(arguments[0]))
                        .withBinariesDirectory(Path.of(arguments[1]));
        var server = BundledPostgres.start(settings);
        System.out.println("started " + server.pid());
        new CountDownLatch(1).await();
    }

    /// Starts it, waits for the server, and kills it without any chance to clean up. Returns the
    /// process id of the postmaster that is left behind.
    static long startAndKill(BundledPostgresSettings settings) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process =
                new ProcessBuilder(
                                java,
                                "-cp",
                                System.getProperty("java.class.path"),
                                BundledPostgresProcess.class.getName(),
                                settings.directory().toString(),
                                settings.binariesDirectory().toString())
                        .redirectErrorStream(true)
                        .start();
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("started ")) {
                    return Long.parseLong(line.substring("started ".length()));
                }
            }
        } finally {
            process.destroyForcibly().onExit().join();
        }
        throw new IllegalStateException("the process ended before its server had started");
    }
}
