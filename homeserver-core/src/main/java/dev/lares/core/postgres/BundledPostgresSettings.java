package dev.lares.core.postgres;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/// How a bundled PostgreSQL runs. Durability and authentication are not among it: they are never
/// weakened.
///
/// @param directory holds the data directory and all that belongs to it; made when it is missing
/// @param binariesDirectory where the program is unpacked to; several servers may share one
/// @param port on 127.0.0.1; 0 takes a free one at each start
/// @param sharedBuffers memory that PostgreSQL takes for its page cache
/// @param walSizeMax how much write-ahead log may gather between two checkpoints
/// @param connectionsMax how many connections it accepts
/// @param startTimeout how long a start may take, the recovery after a crash included
public record BundledPostgresSettings(
        Path directory,
        Path binariesDirectory,
        int port,
        DataSize sharedBuffers,
        DataSize walSizeMax,
        int connectionsMax,
        Duration startTimeout) {

    public BundledPostgresSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
        directory = directory.toAbsolutePath().normalize();
        binariesDirectory = binariesDirectory.toAbsolutePath().normalize();
    }

    /// Settings for a server of its own, with the program unpacked beside its data.
    public static BundledPostgresSettings in(Path directory) {
        return new BundledPostgresSettings(
                directory,
                directory.resolve("binaries"),
                0,
                DataSize.ofMegabytes(256),
                DataSize.ofGigabytes(2),
                100,
                Duration.ofMinutes(5));
    }

    public BundledPostgresSettings withBinariesDirectory(Path binaries) {
        return new BundledPostgresSettings(
                directory, binaries, port, sharedBuffers, walSizeMax, connectionsMax, startTimeout);
    }

    public BundledPostgresSettings withPort(int newPort) {
        return new BundledPostgresSettings(
                directory,
                binariesDirectory,
                newPort,
                sharedBuffers,
                walSizeMax,
                connectionsMax,
                startTimeout);
    }

    public BundledPostgresSettings withMemory(DataSize newSharedBuffers, DataSize newWalSizeMax) {
        return new BundledPostgresSettings(
                directory,
                binariesDirectory,
                port,
                newSharedBuffers,
                newWalSizeMax,
                connectionsMax,
                startTimeout);
    }

    public BundledPostgresSettings withConnections(int newConnectionsMax) {
        return new BundledPostgresSettings(
                directory,
                binariesDirectory,
                port,
                sharedBuffers,
                walSizeMax,
                newConnectionsMax,
                startTimeout);
    }

    Path dataDirectory() {
        return directory.resolve("data");
    }

    Path logDirectory() {
        return directory.resolve("log");
    }
}
