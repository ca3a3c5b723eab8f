package dev.lares.core.account;

import dev.lares.core.domain.HostedDomains;
import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.LogWriter;
import dev.lares.core.testing.TestClock;
import dev.lares.core.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.web.servlet.HandlerInterceptor;

/// The services of accounts, devices, tokens and authentication on a database, without the web.
public final class SignInContext implements AutoCloseable {
    private static final ServerName DOMAIN = new ServerName("test.example");

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext();
    private final TestClock clock = new TestClock(Instant.parse("2026-11-24T08:00:00Z"));

    public SignInContext(TestDatabase database, Map<String, String> settings) {
        TestPropertyValues.of(settings)
                .and("lares.password.hash-memory-kib=64", "lares.password.hash-iterations=1")
                .applyTo(context);
        context.registerBean(DataSource.class, database::dataSource);
        context.registerBean(Clock.class, () -> clock);
        context.register(Setup.class);
        context.refresh();
    }

    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    public JdbcClient jdbc() {
        return get(JdbcClient.class);
    }

    /// Moves the time on.
    public void pass(Duration time) {
        clock.advance(time);
    }

    public static UserId userId(String localpart) {
        return UserId.of(localpart, DOMAIN);
    }

    /// An account with the password `correct horse`.
    public Account create(String localpart) {
        return get(AccountService.class)
                .create(
                        new NewAccount(
                                userId(localpart),
                                Optional.of("correct horse"),
                                NewAccount.Kind.USER),
                        new Admission.Free());
    }

    @Override
    public void close() {
        context.close();
    }

    /// No stereotype: an application's scan must not find it.
    @EnableTransactionManagement
    @EnableConfigurationProperties
    @Import(AppliedPosition.class)
    @ComponentScan(
            basePackages = {
                "dev.lares.core.account",
                "dev.lares.core.device",
                "dev.lares.core.secret",
                "dev.lares.core.token",
                "dev.lares.core.uia",
                "dev.lares.core.user"
            },
            excludeFilters =
                    @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = HandlerInterceptor.class))
    static class Setup {
        @Bean
        JdbcClient jdbcClient(DataSource dataSource) {
            return JdbcClient.create(dataSource);
        }

        @Bean
        JdbcTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        LogWriter logWriter(JdbcClient jdbc) {
            return new DirectLog(jdbc);
        }

        @Bean
        HostedDomains hostedDomains() {
            return HostedDomains.of(DOMAIN);
        }

        @Bean
        SecureRandom random() {
            return new SecureRandom();
        }
    }
}
