package dev.lares.core.postgres;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Keeps two servers from using one directory: without it the second would adopt the PostgreSQL of
/// the first and stop it under its feet. The operating system gives the lock back when a process
/// dies, however it dies.
final class DirectoryLock implements AutoCloseable {
    private static final String FILE = "lares.lock";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Fails when another process, or another part of this one, holds it.
    static DirectoryLock acquire(Path directory) throws IOException {
        var file = directory.resolve(FILE);
        var channel = FileChannel.open(file, CREATE, READ, WRITE);
        try {
            if (tryLock(channel) == null) {
                throw inUse(directory, file);
            }
            channel.truncate(0);
            var pid = Long.toString(ProcessHandle.current().pid());
            channel.write(ByteBuffer.wrap(pid.getBytes(US_ASCII)), 0);
            return new DirectoryLock(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static DirectoryInUseException inUse(Path directory, Path file) throws IOException {
        var holder = Files.readString(file, US_ASCII).strip();
        return new DirectoryInUseException(
                "The data directory %s is in use by another server%s. Stop that one first, or give this one a directory of its own."
                        .formatted(directory, holder.isEmpty() ? "" : " (process " + holder + ")"));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
