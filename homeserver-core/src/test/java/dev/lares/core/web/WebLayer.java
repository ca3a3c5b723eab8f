package dev.lares.core.web;

import dev.lares.core.domain.HostedDomains;
import dev.lares.core.id.DeviceId;
import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import dev.lares.core.testing.RawHttp;
import dev.lares.core.testing.TestResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/// The web layer alone: no database, a table of tokens, and the endpoints of [WebLayerController].
/// Started once a JVM, and another time where a test asks for a [Patient] one.
final class WebLayer implements ParameterResolver {
    static final String TOKEN = "alices-token";

    private static final ServletWebServerApplicationContext CONTEXT =
            start("--lares.request-body.timeout=3s", "--lares.http.idle-timeout=2s");

    /// A server that waits for ever, but for the rate of a body.
    static final class Patient {
        private static final ServletWebServerApplicationContext CONTEXT =
                start(
                        "--lares.request-body.timeout=10m",
                        "--lares.http.idle-timeout=10m",
                        "--lares.http.body-rate-min=64B",
                        "--lares.http.body-rate-window=2s");

        private Patient() {}

        int port() {
            return CONTEXT.getWebServer().getPort();
        }
    }

    private static ServletWebServerApplicationContext start(String... properties) {
        var common =
                Stream.of(
                        "--spring.profiles.active=web-layer",
                        "--lares.http.port=0",
                        "--lares.http.address=127.0.0.1",
                        "--lares.trusted-proxies=127.0.0.1,10.0.0.0/8",
                        "--management.server.port=-1");
        return (ServletWebServerApplicationContext)
                new SpringApplicationBuilder(Application.class)
                        .run(Stream.concat(common, Stream.of(properties)).toArray(String[]::new));
    }

    int port() {
        return CONTEXT.getWebServer().getPort();
    }

    TestResponse get(String target) {
        return RawHttp.exchange(port(), "GET", target, new byte[0]);
    }

    TestResponse send(String method, String target, String body) {
        return RawHttp.exchange(port(), method, target, body.getBytes(StandardCharsets.UTF_8));
    }

    TestResponse send(String method, String target, Map<String, String> headers, String body) {
        return RawHttp.exchange(
                port(), method, target, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == WebLayer.class || type == Patient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Patient.class ? new Patient() : this;
    }

    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
                "org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration"
            })
    @ComponentScan({
        "dev.lares.core.web",
        "dev.lares.core.error",
        "dev.lares.core.health",
        "dev.lares.core.time"
    })
    @Import(HostedDomains.class) // alone: the keys of the domains are in the database
    static class Application {
        @Bean
        AccessTokens accessTokens() {
            var alice =
                    new Requester(
                            new UserId("@alice:localhost"),
                            1,
                            new ServerName("localhost"),
                            Optional.of(new DeviceId("PHONE")),
                            1,
                            false,
                            false,
                            false);
            var guest =
                    new Requester(
                            new UserId("@7:localhost"),
                            2,
                            alice.domain(),
                            Optional.empty(),
                            2,
                            false,
                            true,
                            false);
            var admin =
                    new Requester(
                            new UserId("@root:localhost"),
                            3,
                            alice.domain(),
                            Optional.empty(),
                            3,
                            true,
                            false,
                            false);
            return token ->
                    switch (token) {
                        case TOKEN -> new TokenOutcome.Known(alice);
                        case "guest" -> new TokenOutcome.Known(guest);
                        case "admin" -> new TokenOutcome.Known(admin);
                        case "soft" -> new TokenOutcome.SoftLoggedOut();
                        case "expired" -> new TokenOutcome.Expired();
                        case "locked" -> new TokenOutcome.Locked(alice);
                        case "deactivated" -> new TokenOutcome.Deactivated();
                        default -> new TokenOutcome.Unknown();
                    };
        }
    }
}
