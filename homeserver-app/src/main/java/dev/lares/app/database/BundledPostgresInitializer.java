package dev.lares.app.database;

import dev.lares.core.postgres.BundledPostgres;
import dev.lares.core.postgres.BundledPostgresSettings;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/// Starts the bundled PostgreSQL before any bean asks for a connection, and stops it after the last
/// one is gone. With `spring.datasource.url` it does nothing.
public final class BundledPostgresInitializer
        implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final Logger log = LoggerFactory.getLogger(BundledPostgresInitializer.class);

    private final Function<BundledPostgresSettings, BundledPostgres> start;

    private BundledPostgresInitializer(Function<BundledPostgresSettings, BundledPostgres> start) {
        this.start = start;
    }

    /// For the server: the directory must be its own, and PostgreSQL is kept running.
    public static BundledPostgresInitializer alone() {
        return new BundledPostgresInitializer(settings -> {
            var server = BundledPostgres.start(settings);
            server.keepRunning();
            return server;
        });
    }

    /// For commands, which may run beside a server.
    public static BundledPostgresInitializer besideAServer() {
        return new BundledPostgresInitializer(BundledPostgres::startOrJoin);
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var environment = context.getEnvironment();
        if (environment.containsProperty("spring.datasource.url")) {
            return;
        }
        var binder = Binder.get(environment);
        var dataDir = binder.bindOrCreate("lares", DataDirectoryProperties.class).dataDir();
        var settings =
                binder.bindOrCreate("lares.postgres", BundledPostgresProperties.class)
                        .settings(dataDir);
        log.info(
                "No spring.datasource.url is set: the bundled PostgreSQL in {} is used",
                settings.directory());
        var server = start.apply(settings);
        environment
                .getPropertySources()
                .addFirst(
                        new MapPropertySource(
                                "bundled PostgreSQL",
                                Map.of(
                                        "spring.datasource.url", server.jdbcUrl(),
                                        "spring.datasource.username", server.username(),
                                        "spring.datasource.password", server.password())));
        stopLast(context, server);
    }

    private static void stopLast(ConfigurableApplicationContext context, BundledPostgres server) {
        // Disposable beans go in the reverse order of their registration, and this is the first.
        if (context.getBeanFactory() instanceof DefaultSingletonBeanRegistry beans) {
            beans.registerDisposableBean("bundledPostgres", server::close);
        }
        // And where the start fails before there are any beans to dispose of.
        SpringApplication.getShutdownHandlers().add(server::close);
    }
}
