import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A started server process.
record Server(ServerKind kind, String version, String database, URI url, Process process)
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

    /// Returns when it answers; stops it when it does not.
    Server awaited() throws Exception {
        var deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        try {
            while (!answers()) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            kind.title() + " does not start; see its log in the work folder");
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            return this;
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
