package dev.lares.core.backup;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A file that is whole or not there: written under another name, which goes away whatever happens,
/// and renamed when all of it is on the disk. Only its owner may read it.
public final class BackupFile implements Closeable {
    private static final String UNFINISHED = ".unfinished";

    private final Path file;
    private final Path unfinished;
    private final FileChannel channel;
    private final Thread atShutdown = new Thread(this::deleteUnfinished, "backup-discard");
    private boolean completed;

    private BackupFile(Path file, Path unfinished, FileChannel channel) {
        this.file = file;
        this.unfinished = unfinished;
        this.channel = channel;
        Runtime.getRuntime().addShutdownHook(atShutdown);
    }

    /// Fails where the file exists, or where another backup is being written to it.
    public static BackupFile create(Path file) {
        var absolute = file.toAbsolutePath();
        if (Files.exists(absolute)) {
            throw alreadyThere(file);
        }
        var unfinished = absolute.resolveSibling(absolute.getFileName() + UNFINISHED);
        try {
            var channel =
                    FileChannel.open(
                            unfinished, Set.of(CREATE, READ, WRITE), forOwnerOnly(absolute));
            try {
                if (channel.tryLock() == null) {
                    throw beingWritten(file);
                }
                channel.truncate(0); // of a backup that was killed
                return new BackupFile(absolute, unfinished, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (OverlappingFileLockException e) {
            throw beingWritten(file);
        } catch (IOException e) {
            throw new BackupException("%s cannot be written: %s".formatted(file, e), e);
        }
    }

    private static BackupException alreadyThere(Path file) {
        return new BackupException(file + " exists already. Name a new file.");
    }

    private static BackupException beingWritten(Path file) {
        return new BackupException("Another backup is being written to " + file + ".");
    }

    private static FileAttribute<?>[] forOwnerOnly(Path file) throws IOException {
        var directory = file.getParent();
        if (directory == null
                || !Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            return new FileAttribute<?>[0];
        }
        var mode = PosixFilePermissions.fromString("rw-------");
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)};
    }

    /// Closing it closes nothing.
    OutputStream content() {
        return Channels.newOutputStream(channel);
    }

    /// Returns when the file is on the disk, under its name.
    void complete() throws IOException {
        channel.force(true);
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        completed = true;
        var directory = file.getParent();
        if (directory != null) {
            try (var entries = FileChannel.open(directory, READ)) {
                entries.force(true); // the name too
            }
        }
    }

    /// Leaves nothing where the file was not completed.
    @Override
    public void close() throws IOException {
        if (!completed) {
            deleteUnfinished();
        }
        channel.close();
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException shuttingDown) {
            completed = true; // the hook does it
        }
    }

    private void deleteUnfinished() {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
