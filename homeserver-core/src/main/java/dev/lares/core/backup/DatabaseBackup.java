package dev.lares.core.backup;

import dev.lares.core.backup.CatalogueTable.Content;
import dev.lares.core.domain.HostedDomains;
import dev.lares.core.id.ServerName;
import dev.lares.core.log.LogConnections;
import dev.lares.core.log.LogCopy;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/// Makes backups, of a primary or of a hot standby, while servers write. One connection, one
/// transaction that sees one moment.
@Component
public class DatabaseBackup {
    private final LogConnections connections;
    private final HostedDomains domains;
    private final Clock clock;

    DatabaseBackup(LogConnections connections, HostedDomains domains, Clock clock) {
        this.connections = connections;
        this.domains = domains;
        this.clock = clock;
    }

    /// Writes the file; returns when it is on the disk. Fails with a message, and leaves nothing.
    ///
    /// @param product this release
    public BackupManifest write(BackupFile file, String product, BackupProgress progress) {
        var manifest = write(file.content(), product, progress);
        try {
            file.complete();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
        return manifest;
    }

    /// Writes to a stream, front to back, and leaves it open.
    public BackupManifest write(OutputStream out, String product, BackupProgress progress) {
        try (var connection = connections.openForLong("lares backup")) {
            return write(connection, out, product, progress);
        } catch (SQLException e) {
            throw new BackupException("The database refuses: " + e.getMessage(), e);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private static BackupException cannotWrite(IOException e) {
        return new BackupException("The backup cannot be written: " + e.getMessage(), e);
    }

    private BackupManifest write(
            Connection connection, OutputStream out, String product, BackupProgress progress)
            throws SQLException, IOException {
        var catalogue = new CatalogueRepository(connection);
        if (!catalogue.hasSchema()) {
            throw new BackupException("There is nothing to back up: the database is empty.");
        }
        if (new RestoreMarkRepository(connection).exists()) {
            throw new BackupException(
                    "A restore into this database has not ended: it holds nothing to back up.");
        }
        var rows = new TableCopyRepository(connection);
        var locked = catalogue.findTables();
        rows.beginReading(locked);
        var createdAt = clock.instant();
        var tables = catalogue.findTables();
        if (!names(tables).equals(names(locked))) {
            throw new BackupException("The schema is just being changed. Try again.");
        }
        var archive = new ArchiveWriter(out);
        var copied = copy(tables, rows, archive, progress);
        var manifest =
                new BackupManifest(
                        BackupManifest.FORMAT,
                        product,
                        createdAt,
                        catalogue.getServerVersion(),
                        domains.all().stream().map(ServerName::value).toList(),
                        LogCopy.find(connection)
                                .map(log ->
                                        new BackupManifest.Log(
                                                log.head().value(),
                                                log.systemIdentifier(),
                                                log.timeline())),
                        catalogue.findMigrations(),
                        copied,
                        // After the rows: no number that is in use may be given again.
                        catalogue.findSequences(),
                        leftOut(tables));
        connection.rollback();
        archive.finish(manifest);
        return manifest;
    }

    private static List<BackupManifest.Table> copy(
            List<CatalogueTable> tables,
            TableCopyRepository rows,
            ArchiveWriter archive,
            BackupProgress progress)
            throws SQLException, IOException {
        var kept = tables.stream().filter(table -> table.content() == Content.KEPT).toList();
        var bytes = kept.stream().mapToLong(CatalogueTable::sizeBytes).sum();
        var meter = new ProgressMeter(progress, bytes);
        var copied = new ArrayList<BackupManifest.Table>();
        for (var table : LoadOrder.of(kept)) {
            meter.begin(table.name());
            var entry =
                    archive.table(
                            table.name(),
                            table.columns(),
                            content -> rows.copyOut(table, content, meter));
            meter.end(entry.rows());
            copied.add(entry);
        }
        return copied;
    }

    private static List<BackupManifest.LeftOut> leftOut(List<CatalogueTable> tables) {
        return tables.stream()
                .filter(table -> table.content() != Content.KEPT)
                .map(table -> new BackupManifest.LeftOut(table.name(), table.content().reason()))
                .toList();
    }

    private static List<String> names(List<CatalogueTable> tables) {
        return tables.stream().map(CatalogueTable::name).toList();
    }
}
