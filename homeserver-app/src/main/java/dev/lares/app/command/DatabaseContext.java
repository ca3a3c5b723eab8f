package dev.lares.app.command;

import dev.lares.app.database.BundledPostgresInitializer;
import dev.lares.core.backup.BackupException;
import dev.lares.core.log.LogConnections;
import dev.lares.core.postgres.PostgresStartException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The settings and the database, and nothing that runs on it: for commands that must work on an
/// empty database, or on a standby.
final class DatabaseContext {
    private DatabaseContext() {}

    static <T> T use(
            BundledPostgresInitializer database,
            List<String> settings,
            Function<ApplicationContext, T> work) {
        var builder =
                new SpringApplicationBuilder(DatabaseOnly.class)
                        .web(WebApplicationType.NONE)
                        .initializers(database)
                        .logStartupInfo(false)
                        .properties(
                                Map.of(
                                        "logging.level.root",
                                        "warn",
                                        "spring.main.lazy-initialization",
                                        "true"));
        try (var context = builder.run(settings.toArray(String[]::new))) {
            return work.apply(context);
        } catch (BackupException | PostgresStartException refusal) {
            throw new CommandFailure(String.valueOf(refusal.getMessage()), refusal);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(DataSourceAutoConfiguration.class)
    @ConfigurationPropertiesScan("dev.lares")
    @ComponentScan({"dev.lares.core.time", "dev.lares.core.domain", "dev.lares.core.backup"})
    @Import(LogConnections.class)
    static class DatabaseOnly {}
}
