package dev.lares.core.backup;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/// Makes the schema that a backup was made of, then that of this release.
final class SchemaMigrations {
    private final DataSource dataSource;

    SchemaMigrations(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// Fails with a message where this release does not know the backup's schema exactly.
    void requireKnown(List<BackupManifest.Migration> schema) {
        if (schema.isEmpty()) {
            throw new BackupException("The backup names no schema.");
        }
        var own = new HashMap<MigrationVersion, MigrationInfo>();
        Arrays.stream(configuration().load().info().all())
                .filter(migration -> migration.getVersion() != null)
                .forEach(migration -> own.put(migration.getVersion(), migration));
        var newest = newest(schema);
        var theirs = new HashSet<MigrationVersion>();
        for (var migration : schema) {
            var version = MigrationVersion.fromVersion(migration.version());
            theirs.add(version);
            var known = own.get(version);
            if (known == null) {
                throw new BackupException(
                        "The backup's schema has the migration %s (%s), which this release does not know: restore with the release that made it, or a newer one."
                                .formatted(migration.version(), migration.description()));
            }
            if (!Integer.valueOf(migration.checksum()).equals(known.getChecksum())) {
                throw differs(migration.version());
            }
        }
        own.keySet().stream()
                .filter(version -> version.compareTo(newest) < 0 && !theirs.contains(version))
                .findAny()
                .ifPresent(version -> {
                    throw differs(version.getVersion());
                });
    }

    private static BackupException differs(String version) {
        return new BackupException(
                "The backup's schema differs from this release's in the migration %s: it was made by another line of development."
                        .formatted(version));
    }

    private static MigrationVersion newest(List<BackupManifest.Migration> schema) {
        return schema.stream()
                .map(migration -> MigrationVersion.fromVersion(migration.version()))
                .max(MigrationVersion::compareTo)
                .orElseThrow();
    }

    /// Makes the schema as the backup had it, marked as unfinished before the first table.
    void migrateTo(List<BackupManifest.Migration> schema) {
        configuration().target(newest(schema)).callbacks(new Mark()).load().migrate();
    }

    void migrateToNewest() {
        configuration().load().migrate();
    }

    /// Removes everything, the mark included.
    void clean() {
        configuration().cleanDisabled(false).load().clean();
    }

    private FluentConfiguration configuration() {
        return Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                // As at a start: the other kind sits idle in a transaction.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
    }

    private static final class Mark implements Callback {
        @Override
        public boolean supports(Event event, Context context) {
            return event == Event.BEFORE_MIGRATE;
        }

        @Override
        public boolean canHandleInTransaction(Event event, Context context) {
            return true;
        }

        @Override
        public void handle(Event event, Context context) {
            new RestoreMarkRepository(context.getConnection()).create();
        }

        @Override
        public String getCallbackName() {
            return "mark the restore";
        }
    }
}
