import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A started server process.
///
/// @param startMillis from its beginning to its first answer
/// @param startCpuMillis processor time that this took
record Server(
        ServerKind kind,
        String version,
        String database,
        URI url,
        Process process,
        double startMillis,
        double startCpuMillis)
        implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    static Server start(ServerKind kind, Options options, Postgres postgres) throws Exception {
        return switch (kind) {
            case LARES -> Lares.start(options, postgres);
            case SYNAPSE -> Synapse.start(options, postgres);
        };
    }

    long pid() {
        return process.pid();
    }

    /// A process that has just been started. Returns when it answers; stops it when it does not.
    static Server awaited(
            ServerKind kind, String version, String database, URI url, Process process)
            throws Exception {
        long begun = System.nanoTime();
        var server = new Server(kind, version, database, url, process, 0, 0);
        server.awaitAnswer(begun + START_TIMEOUT.toNanos());
        return new Server(
                kind,
                version,
                database,
                url,
                process,
                (System.nanoTime() - begun) / 1e6,
                Processes.treeMillis(process.pid()));
    }

    private void awaitAnswer(long deadline) throws Exception {
        try {
            while (!answers()) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            kind.title() + " does not start; see its log in the work folder");
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    private boolean answers() throws IOException {
        try (var http = new HttpConnection(url)) {
            var path = "/_matrix/client/versions";
            return http.exchange("GET", path, "", new byte[0], Duration.ofSeconds(10)).status()
                    == 200;
        } catch (ConnectException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(STOP_TIMEOUT)) {
            process.destroyForcibly().waitFor();
        }
    }
}
