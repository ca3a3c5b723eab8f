package dev.lares.core.backup;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// A backup that is read.
public final class BackupArchive implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MANIFEST_BYTES_MAX = 16 << 20;

    private final ZipFile zip;
    private final Path file;
    private final BackupManifest manifest;

    private BackupArchive(ZipFile zip, Path file, BackupManifest manifest) {
        this.zip = zip;
        this.file = file;
        this.manifest = manifest;
    }

    /// Reads the manifest only. Fails with a message where the file is no whole backup, or one of a
    /// newer format.
    public static BackupArchive open(Path file) {
        try {
            var zip = new ZipFile(file.toFile());
            try {
                return new BackupArchive(zip, file, manifest(zip, file));
            } catch (IOException | RuntimeException e) {
                zip.close();
                throw e;
            }
        } catch (ZipException e) {
            throw new BackupException(
                    "%s is no whole backup: %s".formatted(file, e.getMessage()), e);
        } catch (IOException e) {
            throw new BackupException("%s cannot be read: %s".formatted(file, e), e);
        }
    }

    private static BackupManifest manifest(ZipFile zip, Path file) throws IOException {
        var entry = zip.getEntry(ArchiveWriter.MANIFEST);
        if (entry == null) {
            throw new BackupException(file + " is no backup: it has no manifest.");
        }
        try (var in = zip.getInputStream(entry)) {
            var json = in.readNBytes(MANIFEST_BYTES_MAX + 1);
            if (json.length > MANIFEST_BYTES_MAX) {
                throw new BackupException("The manifest of %s is too long.".formatted(file));
            }
            if (crc32(json) != entry.getCrc()) { // which the JDK does not look at
                throw new BackupException("%s is damaged in its manifest.".formatted(file));
            }
            return ManifestJson.read(json);
        }
    }

    private static long crc32(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    public BackupManifest manifest() {
        return manifest;
    }

    /// Reads all of it and compares sizes and checksums; fails with a message where one differs.
    public void verify(BackupProgress progress) {
        var meter = new ProgressMeter(progress, manifest.bytes());
        var buffer = new byte[BUFFER_BYTES];
        for (var table : manifest.tables()) {
            meter.begin(table.name());
            try (var content = open(table)) {
                int length = content.read(buffer);
                while (length >= 0) {
                    meter.add(0, length);
                    length = content.read(buffer);
                }
                content.requireSame();
            } catch (IOException e) {
                throw damaged(table, e);
            }
            meter.end(table.rows());
        }
    }

    BackupException damaged(BackupManifest.Table table, IOException cause) {
        return new BackupException(
                "%s is damaged in the table %s: %s"
                        .formatted(file, table.name(), cause.getMessage()),
                cause);
    }

    /// The rows of a table, in PostgreSQL's binary COPY format.
    Content open(BackupManifest.Table table) throws IOException {
        var entry = zip.getEntry(table.entry());
        if (entry == null) {
            throw new IOException("it is missing");
        }
        return new Content(zip.getInputStream(entry), table);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /// Counts and hashes what is read.
    static final class Content extends InputStream {
        private final InputStream in;
        private final BackupManifest.Table expected;
        private final MessageDigest digest = Sha256.digest();
        private long bytes;

        private Content(InputStream in, BackupManifest.Table expected) {
            this.in = in;
            this.expected = expected;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, length);
            if (count > 0) {
                bytes += count;
                digest.update(buffer, offset, count);
            }
            return count;
        }

        /// Called when all of it was read.
        void requireSame() throws IOException {
            if (bytes != expected.bytes()) {
                throw new IOException(
                        "it has %d bytes instead of %d".formatted(bytes, expected.bytes()));
            }
            if (!HexFormat.of().formatHex(digest.digest()).equals(expected.sha256())) {
                throw new IOException("its checksum does not fit");
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
