package dev.lares.core.settings;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/// Settings of Spring and Jetty that Lares needs or that differ from what the frameworks choose.
/// They stand below every other source, so that an operator's word counts more. They are here and
/// not in a file of the app, since the tests of each module start the server as well.
public final class FrameworkDefaults implements EnvironmentPostProcessor {
    private static final String PGJDBC = "spring.datasource.hikari.data-source-properties.";

    private static final Map<String, Object> DEFAULTS =
            Map.ofEntries(
                    Map.entry("spring.application.name", "lares"),
                    Map.entry("spring.main.banner-mode", "off"),
                    Map.entry("spring.threads.virtual.enabled", "true"),
                    // The limit counts virtual threads too, and its 200 would be used up by a few
                    // busy rooms.
                    Map.entry("server.jetty.threads.max", "${lares.http.requests-max:10000}"),
                    Map.entry("server.shutdown", "graceful"),
                    Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "20s"),
                    // Errors are JSON of our own, and there is no user but Matrix users.
                    Map.entry(
                            "spring.autoconfigure.exclude",
                            "org.springframework.boot.webmvc.autoconfigure.error"
                                    + ".ErrorMvcAutoConfiguration,"
                                    + "org.springframework.boot.security.autoconfigure"
                                    + ".UserDetailsServiceAutoConfiguration"),
                    Map.entry("spring.web.resources.add-mappings", "false"),
                    Map.entry("spring.mvc.formcontent.filter.enabled", "false"),
                    Map.entry("spring.servlet.multipart.enabled", "false"),
                    // Anybody can ask for what is not there.
                    Map.entry(
                            "logging.level.org.springframework.web.servlet.PageNotFound", "error"),
                    // Parked requests have deadlines of their own.
                    Map.entry("spring.mvc.async.request-timeout", "10m"),
                    Map.entry("management.server.address", "${lares.management.address:127.0.0.1}"),
                    Map.entry("management.server.port", "${lares.management.port:9008}"),
                    Map.entry(
                            "management.endpoints.web.exposure.include",
                            "health,info,metrics,prometheus"),
                    Map.entry("spring.datasource.hikari.pool-name", "lares"),
                    // Bounds what the database has to bear; a request waits for a connection for no
                    // longer than the timeout, in milliseconds.
                    Map.entry("spring.datasource.hikari.maximum-pool-size", "20"),
                    Map.entry("spring.datasource.hikari.connection-timeout", "5000"),
                    Map.entry(PGJDBC + "ApplicationName", "lares"),
                    Map.entry(PGJDBC + "connectTimeout", "5"),
                    Map.entry(PGJDBC + "tcpKeepAlive", "true"),
                    Map.entry(PGJDBC + "reWriteBatchedInserts", "true"),
                    // A statement is prepared on the server at its first use.
                    Map.entry(PGJDBC + "prepareThreshold", "1"),
                    // A replica that vanishes must not hold row locks for long.
                    Map.entry(
                            PGJDBC + "options",
                            "-c tcp_user_timeout=5000"
                                    + " -c idle_in_transaction_session_timeout=2000"),
                    // A lock of the session: the transaction of the other kind would sit idle for
                    // as long as a migration runs.
                    Map.entry("spring.flyway.postgresql.transactional-lock", "false"),
                    Map.entry("logging.pattern.correlation", "[%X{request:-}] "));

    /// Longer than any honest statement of a request takes, in seconds: a database that hangs, or
    /// whose machine is gone, must not hang requests as well.
    private static final Map<String, Object> SERVER_DEFAULTS =
            Map.of(PGJDBC + "socketTimeout", "30");

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        var sources = environment.getPropertySources();
        sources.addLast(new MapPropertySource("lares defaults", DEFAULTS));
        // Commands take the time that they need.
        if (application.getWebApplicationType() != WebApplicationType.NONE) {
            sources.addLast(new MapPropertySource("lares server defaults", SERVER_DEFAULTS));
        }
    }
}
