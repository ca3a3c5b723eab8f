package dev.lares.core.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/// The published PostgreSQL on the class path (`postgres-<platform>.txz`), unpacked once into a
/// folder that is named after its content. Needs no program of the machine.
final class PostgresArchive {
    private static final Logger log = LoggerFactory.getLogger(PostgresArchive.class);
    private static final int EXECUTABLE = 0100;
    private static final int NAME_DIGITS = 16;

    private PostgresArchive() {}

    /// The folder with `bin`, `lib` and `share`; safe to call from several processes at a time.
    static Path unpack(Path binariesDirectory) throws IOException {
        var name = "/postgres-" + PostgresProgram.platform() + ".txz";
        var home = binariesDirectory.resolve("postgresql-" + digest(name));
        if (Files.isDirectory(home)) {
            return home;
        }
        log.info("Unpacking the bundled PostgreSQL to {}", home);
        Files.createDirectories(binariesDirectory);
        var unfinished = Files.createTempDirectory(binariesDirectory, "unpacking");
        try {
            try (var tar = new TarArchiveInputStream(new XZInputStream(open(name)))) {
                for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(entry, tar, unfinished);
                }
            }
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            log.debug("Another process was faster", e);
        } finally {
            FileSystemUtils.deleteRecursively(unfinished);
        }
        return home;
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path target)
            throws IOException {
        var path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("the archive leaves its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, path);
        var executable = (entry.getMode() & EXECUTABLE) != 0;
        Files.setPosixFilePermissions(
                path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static String digest(String name) throws IOException {
        try (var content =
                new DigestInputStream(open(name), MessageDigest.getInstance("SHA-256"))) {
            content.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(content.getMessageDigest().digest())
                    .substring(0, NAME_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static InputStream open(String name) {
        var content = PostgresArchive.class.getResourceAsStream(name);
        if (content == null) {
            throw new PostgresStartException(
                    "This build brings no PostgreSQL for %s. Set spring.datasource.url to use a PostgreSQL of your own."
                            .formatted(PostgresProgram.platform()));
        }
        return content;
    }
}
