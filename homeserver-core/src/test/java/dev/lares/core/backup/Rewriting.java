package dev.lares.core.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A backup that somebody has changed.
final class Rewriting {
    private final Path original;
    private String damaged = "";
    private String withoutTable = "";
    private final List<BackupManifest.Migration> added = new ArrayList<>();
    private Predicate<BackupManifest.Migration> kept = migration -> true;

    private Rewriting(Path original) {
        this.original = original;
    }

    static Rewriting of(Path original) {
        return new Rewriting(original);
    }

    /// In the last field of its last row: PostgreSQL takes it, only the checksum does not fit.
    Rewriting withLastByteOf(String table) {
        damaged = table;
        return this;
    }

    Rewriting withoutTable(String table) {
        withoutTable = table;
        return this;
    }

    Rewriting withMigration(String version, int checksum) {
        withoutMigration(version);
        added.add(new BackupManifest.Migration(version, "changed", checksum));
        return this;
    }

    Rewriting withoutMigration(String version) {
        kept = migration -> !migration.version().equals(version);
        return this;
    }

    void to(Path file) throws IOException, SQLException {
        Files.deleteIfExists(file);
        try (var archive = BackupArchive.open(original);
                var written = BackupFile.create(file)) {
            var writer = new ArchiveWriter(written.content());
            var old = archive.manifest();
            var tables = new ArrayList<BackupManifest.Table>();
            for (var table : old.tables()) {
                if (!table.name().equals(withoutTable)) {
                    copy(archive, table, writer);
                    tables.add(table);
                }
            }
            var schema = new ArrayList<>(old.schema().stream().filter(kept).toList());
            schema.addAll(added);
            writer.finish(
                    new BackupManifest(
                            old.format(),
                            old.product(),
                            old.createdAt(),
                            old.postgresql(),
                            old.domains(),
                            old.log(),
                            schema,
                            tables,
                            old.sequences(),
                            old.leftOut()));
            written.complete();
        }
    }

    private void copy(BackupArchive archive, BackupManifest.Table table, ArchiveWriter writer)
            throws IOException, SQLException {
        try (var rows = archive.open(table)) {
            var bytes = rows.readAllBytes();
            if (table.name().equals(damaged)) {
                bytes[bytes.length - 3] ^= 1; // in the last field of the last row
            }
            writer.table(
                    table.name(),
                    table.columns(),
                    content -> {
                        content.write(bytes);
                        return table.rows();
                    });
        }
    }
}
