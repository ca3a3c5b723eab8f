package dev.lares.core.backup;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/// Keeps servers and commands from a database into which a restore has not ended. Asked before
/// anything is done to it.
@Component
public class RestoreGuard implements FlywayMigrationStrategy {
    RestoreGuard() {}

    @Override
    public void migrate(Flyway flyway) {
        requireFinished(flyway.getConfiguration().getDataSource());
        flyway.migrate();
    }

    /// Fails with a message where a restore has not ended.
    public void requireFinished(DataSource dataSource) {
        try (var connection = dataSource.getConnection()) {
            if (new RestoreMarkRepository(connection).exists()) {
                throw new BackupException(
                        "A restore into this database has not ended: it goes on, or it was broken off. Run it again, it starts anew.");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The database cannot be reached", e);
        }
    }
}
