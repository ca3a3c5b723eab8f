package dev.lares.core.backup;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What a backup says of itself: the last entry, `manifest.json`, of the ZIP file that it is.
/// Before it comes an entry `tables/<name>.copy` for each table, in PostgreSQL's binary COPY
/// format, in an order in which they can be loaded.
///
/// @param format of the file, [#FORMAT]; a release reads its own and older ones
/// @param product release that made it
/// @param createdAt when the tables were as they are here
/// @param postgresql version of the database
/// @param domains hosted by the server, the default one first
/// @param log where the log stood; empty where no server ever started on the database
/// @param schema migrations that the database had, in the order of their installation
/// @param tables in the order of the entries
/// @param sequences those that have given a number
/// @param leftOut tables whose rows are not in the file
public record BackupManifest(
        int format,
        String product,
        Instant createdAt,
        String postgresql,
        List<String> domains,
        Optional<Log> log,
        List<Migration> schema,
        List<Table> tables,
        List<Sequence> sequences,
        List<LeftOut> leftOut) {
    static final int FORMAT = 1;

    public BackupManifest {
        Objects.requireNonNull(product);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(postgresql);
        domains = List.copyOf(domains);
        schema = List.copyOf(schema);
        tables = List.copyOf(tables);
        sequences = List.copyOf(sequences);
        leftOut = List.copyOf(leftOut);
    }

    /// @param head the newest position that was committed
    /// @param systemIdentifier of the PostgreSQL that the log was last written on
    /// @param timeline of its WAL
    public record Log(long head, String systemIdentifier, String timeline) {}

    /// @param checksum as Flyway counts it
    public record Migration(String version, String description, int checksum) {}

    /// @param columns in the order of the rows' fields
    /// @param bytes size of the entry before compression
    /// @param sha256 of the entry before compression, in hexadecimal
    public record Table(String name, List<String> columns, long rows, long bytes, String sha256) {
        public Table {
            Objects.requireNonNull(name);
            Objects.requireNonNull(sha256);
            columns = List.copyOf(columns);
        }

        String entry() {
            return "tables/" + name + ".copy";
        }
    }

    /// @param lastValue the number that was given last
    public record Sequence(String name, long lastValue) {}

    public record LeftOut(String table, String reason) {}

    /// Rows of all tables.
    public long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }

    /// Bytes of all tables, before compression.
    public long bytes() {
        return tables.stream().mapToLong(Table::bytes).sum();
    }
}
