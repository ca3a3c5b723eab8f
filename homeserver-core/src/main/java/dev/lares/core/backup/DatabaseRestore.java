package dev.lares.core.backup;

import dev.lares.core.backup.CatalogueTable.Content;
import dev.lares.core.domain.HostedDomains;
import dev.lares.core.id.ServerName;
import dev.lares.core.log.LogConnections;
import dev.lares.core.log.LogCopy;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Fills an empty database from a backup. Until all is done the database is marked, and no server
/// starts on it; what fails leaves it empty again.
@Component
public class DatabaseRestore {
    private final DataSource dataSource;
    private final LogConnections connections;
    private final HostedDomains domains;
    private final Clock clock;

    DatabaseRestore(
            DataSource dataSource, LogConnections connections, HostedDomains domains, Clock clock) {
        this.dataSource = dataSource;
        this.connections = connections;
        this.domains = domains;
        this.clock = clock;
    }

    /// Returns when a server may start on the database. Fails with a message where the backup does
    /// not fit to this release or its settings, where the database is not empty, or where a
    /// checksum or a count differs.
    public void restore(BackupArchive archive, BackupProgress progress) {
        var manifest = archive.manifest();
        requireSameDomains(manifest);
        var migrations = new SchemaMigrations(dataSource);
        try (var connection = connections.openForLong("lares restore")) {
            requireEmpty(connection, migrations);
            migrations.requireKnown(manifest.schema());
            orLeaveNothing(connection, migrations, () -> migrations.migrateTo(manifest.schema()));
            requireUnused(connection);
            orLeaveNothing(
                    connection,
                    migrations,
                    () -> {
                        load(connection, archive, progress);
                        migrations.migrateToNewest();
                        finish(connection);
                    });
        } catch (SQLException | DataAccessException | FlywayException e) {
            throw new BackupException("The database refuses: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new BackupException("The backup cannot be read: " + e.getMessage(), e);
        }
    }

    private void requireSameDomains(BackupManifest manifest) {
        var ours = domains.all().stream().map(ServerName::value).toList();
        var theirs = manifest.domains();
        if (!theirs.isEmpty()
                && (!ours.contains(theirs.getFirst())
                        || !ours.getFirst().equals(theirs.getFirst())
                        || !ours.containsAll(theirs))) {
            throw new BackupException(
                    "The backup is of a server for %s, and lares.domain and lares.domains say %s: set them as they were."
                            .formatted(String.join(", ", theirs), String.join(", ", ours)));
        }
    }

    private static void requireEmpty(Connection connection, SchemaMigrations migrations) {
        var mark = new RestoreMarkRepository(connection);
        if (!mark.tryLock()) {
            throw new BackupException("Another restore into this database is under way.");
        }
        if (mark.exists()) {
            migrations.clean(); // of a restore that was killed
        }
        if (!new CatalogueRepository(connection).isEmpty()) {
            throw new BackupException(
                    "The database is not empty, and a restore replaces nothing. Give an empty one: move the directory of the bundled PostgreSQL away, or make a new database and name it in spring.datasource.url.");
        }
    }

    /// A server that started at the very same time is not overwritten. From here on none can start.
    static void requireUnused(Connection connection) throws SQLException {
        new TableCopyRepository(connection)
                .beginLoading(new CatalogueRepository(connection).findTables());
        if (LogCopy.find(connection).isPresent()) {
            connection.rollback();
            connection.setAutoCommit(true);
            new RestoreMarkRepository(connection).drop();
            throw new BackupException(
                    "A server has started on this database meanwhile; nothing was restored.");
        }
    }

    private static void load(Connection connection, BackupArchive archive, BackupProgress progress)
            throws SQLException, IOException {
        var manifest = archive.manifest();
        var catalogue = new CatalogueRepository(connection);
        var rows = new TableCopyRepository(connection);
        var tables = catalogue.findTables();
        requireSameTables(manifest, tables);
        var meter = new ProgressMeter(progress, manifest.bytes());
        for (var table : manifest.tables()) {
            meter.begin(table.name());
            load(table, archive, rows, meter);
            meter.end(table.rows());
        }
        manifest.sequences().forEach(catalogue::advance);
        rows.endLoading(tables);
    }

    private static void load(
            BackupManifest.Table table,
            BackupArchive archive,
            TableCopyRepository rows,
            ProgressMeter meter)
            throws SQLException {
        try (var content = archive.open(table)) {
            long count = rows.copyIn(table, content, meter);
            content.requireSame();
            if (count != table.rows()) {
                throw new IOException(
                        "it has %d rows instead of %d".formatted(count, table.rows()));
            }
        } catch (IOException e) {
            throw archive.damaged(table, e);
        }
    }

    private static void requireSameTables(BackupManifest manifest, List<CatalogueTable> tables) {
        Map<String, CatalogueTable> missing = new HashMap<>();
        tables.forEach(table -> missing.put(table.name(), table));
        for (var table : manifest.tables()) {
            var there = missing.remove(table.name());
            if (there == null
                    || !new HashSet<>(there.columns()).equals(new HashSet<>(table.columns()))) {
                throw new BackupException(
                        "The table %s of the backup is not that of its schema."
                                .formatted(table.name()));
            }
        }
        missing.values().stream()
                .filter(table -> table.content() == Content.KEPT)
                .findAny()
                .ifPresent(table -> {
                    throw new BackupException("The backup lacks the table " + table.name() + ".");
                });
    }

    /// In the newest schema, which may know more that must not be given twice than the backup's.
    private void finish(Connection connection) throws SQLException {
        var rows = new TableCopyRepository(connection);
        var tables = new CatalogueRepository(connection).findTables();
        connection.setAutoCommit(true);
        rows.analyse(tables);
        connection.setAutoCommit(false);
        rows.empty(tables.stream().filter(table -> table.content() != Content.KEPT).toList());
        LogCopy.moveOn(connection, clock.instant());
        new RestoreMarkRepository(connection).drop();
        connection.commit();
    }

    private interface Step {
        void run() throws SQLException, IOException;
    }

    private static void orLeaveNothing(
            Connection connection, SchemaMigrations migrations, Step step)
            throws SQLException, IOException {
        try {
            step.run();
        } catch (SQLException | IOException | RuntimeException failure) {
            try {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
                migrations.clean();
            } catch (SQLException | RuntimeException uncleaned) {
                // The mark stays, so no server takes it for its database.
                failure.addSuppressed(uncleaned);
            }
            throw failure;
        }
    }
}
