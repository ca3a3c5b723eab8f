package dev.lares.app.database;

import dev.lares.core.postgres.BundledPostgresSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// The bundled PostgreSQL; without effect where `spring.datasource.url` is set. Everything else of
/// PostgreSQL's own settings can stand in `operator.conf` in its directory.
///
/// @param port on 127.0.0.1, where it listens; 0 takes a free one at each start
/// @param sharedBuffers memory for its page cache
/// @param walSizeMax how much write-ahead log may gather between two checkpoints
/// @param connectionsMax how many connections it accepts
/// @param startTimeout how long its start may take, the recovery after a crash included
@Validated
@ConfigurationProperties("lares.postgres")
record BundledPostgresProperties(
        @DefaultValue("0") @Min(0) @Max(65_535) int port,
        @DefaultValue("256MB") DataSize sharedBuffers,
        @DefaultValue("2GB") DataSize walSizeMax,
        @DefaultValue("100") @Min(20) @Max(10_000) int connectionsMax,
        @DefaultValue("5m") @DurationMin(seconds = 5) Duration startTimeout) {

    BundledPostgresSettings settings(Path dataDir) {
        var directory = dataDir.resolve("postgresql");
        return new BundledPostgresSettings(
                directory,
                directory.resolve("binaries"),
                port,
                sharedBuffers,
                walSizeMax,
                connectionsMax,
                startTimeout);
    }
}
