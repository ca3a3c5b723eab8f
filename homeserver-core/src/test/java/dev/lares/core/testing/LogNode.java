package dev.lares.core.testing;

import com.zaxxer.hikari.HikariDataSource;
import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.LogWriter;
import dev.lares.core.user.UserRefs;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/// One replica's event layer without the rest of the server: writer, applied position, readers.
/// Several on one [TestDatabase] are replicas of each other.
public final class LogNode implements AutoCloseable {
    public static final ServerName DOMAIN = new ServerName("lares.example");

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext();

    /// Starts it.
    public LogNode(TestDatabase database) {
        this(database, Map.of());
    }

    /// With more beans of a type.
    public static <T> LogNode with(
            TestDatabase database, Class<T> type, Collection<? extends T> beans) {
        return new LogNode(
                database,
                Map.of(),
                node -> {
                    int n = 0;
                    for (var bean : beans) {
                        node.registerBean("of the test " + n++, type, () -> bean);
                    }
                });
    }

    /// @param settings as in the server's configuration
    public LogNode(TestDatabase database, Map<String, Object> settings) {
        this(database, settings, node -> {});
    }

    private LogNode(
            TestDatabase database,
            Map<String, Object> settings,
            Consumer<AnnotationConfigApplicationContext> more) {
        var sources = context.getEnvironment().getPropertySources();
        sources.addFirst(new MapPropertySource("test", Map.of("lares.domain", DOMAIN.value())));
        sources.addFirst(new MapPropertySource("settings of the test", settings));
        context.registerBean(
                TestDatabase.class, () -> database, bean -> bean.setDestroyMethodName(""));
        context.register(Setup.class);
        more.accept(context);
        context.refresh();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public LogWriter writer() {
        return bean(LogWriter.class);
    }

    public AppliedPosition applied() {
        return bean(AppliedPosition.class);
    }

    public JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    /// A local user with an account.
    public UserId user(String localpart) {
        var userId = UserId.of(localpart, DOMAIN);
        jdbc().sql(
                        "INSERT INTO account (user_nid, created_ts) VALUES (:nid, 0) ON CONFLICT DO NOTHING")
                .param("nid", bean(UserRefs.class).intern(userId))
                .update();
        return userId;
    }

    public long userNid(UserId userId) {
        return bean(UserRefs.class).intern(userId);
    }

    @Override
    public void close() {
        context.close();
    }

    @EnableConfigurationProperties
    @EnableTransactionManagement(proxyTargetClass = true)
    // Lazy: of what is found there only the event layer is needed, and what runs starts anyway.
    @ComponentScan(
            lazyInit = true,
            basePackages = {
                "dev.lares.core.append",
                "dev.lares.core.domain",
                "dev.lares.core.log",
                "dev.lares.core.membership",
                "dev.lares.core.position",
                "dev.lares.core.receiving",
                "dev.lares.core.room",
                "dev.lares.core.state",
                "dev.lares.core.time",
                "dev.lares.core.user"
            })
    static class Setup {
        @Bean
        DataSource dataSource(TestDatabase database, Environment environment) {
            var pool = new HikariDataSource();
            pool.setJdbcUrl(database.jdbcUrl());
            pool.setUsername(database.username());
            pool.setPassword(database.password());
            pool.setMaximumPoolSize(8);
            pool.setMinimumIdle(1);
            var sockets = environment.getProperty("test.sockets");
            if (sockets != null) {
                pool.addDataSourceProperty("socketFactory", BreakingSockets.class.getName());
                pool.addDataSourceProperty("socketFactoryArg", sockets);
            }
            return pool;
        }

        @Bean
        JdbcClient jdbcClient(DataSource dataSource) {
            return JdbcClient.create(dataSource);
        }

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }
    }
}
