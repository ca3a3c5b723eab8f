package dev.lares.core.web.container;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// Sets Jetty up so that identifiers reach the controllers as they were sent.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpProperties.class)
@Order(Ordered.LOWEST_PRECEDENCE)
class JettySetup implements WebServerFactoryCustomizer<JettyServletWebServerFactory> {
    /// What a path may hold because Matrix identifiers do: `%2F`, `%25`, `;`, `%3B`, `//`, `%00`,
    /// `%2E%2E`. Routing works on the raw path, so that nothing of it is ambiguous here. Bytes that
    /// are not UTF-8 and broken percent signs stay refused: nothing could be stored for them.
    private static final UriCompliance MATRIX =
            UriCompliance.from(
                    EnumSet.of(
                            Violation.AMBIGUOUS_PATH_SEGMENT,
                            Violation.AMBIGUOUS_EMPTY_SEGMENT,
                            Violation.AMBIGUOUS_PATH_SEPARATOR,
                            Violation.AMBIGUOUS_PATH_PARAMETER,
                            Violation.AMBIGUOUS_PATH_ENCODING,
                            Violation.SUSPICIOUS_PATH_CHARACTERS,
                            Violation.ILLEGAL_PATH_CHARACTERS));

    private final HttpProperties properties;
    private final RandomGenerator random;

    JettySetup(HttpProperties properties, SecureRandom random) {
        this.properties = properties;
        this.random = random;
    }

    @Override
    public void customize(JettyServletWebServerFactory factory) {
        factory.setPort(properties.port());
        factory.setAddress(address());
        factory.addServerCustomizers(this::customize);
    }

    private InetAddress address() {
        try {
            return InetAddress.getByName(properties.address());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(
                    "lares.http.address is no address: " + properties.address(), e);
        }
    }

    private void customize(Server server) {
        var errors = new ContainerErrorHandler();
        server.setErrorHandler(errors);
        for (WebAppContext context : server.getDescendants(WebAppContext.class)) {
            context.setErrorHandler(errors);
            context.getServletHandler().setDecodeAmbiguousURIs(true);
        }
        for (Connector connector : server.getConnectors()) {
            if (connector instanceof AbstractConnector settable) {
                settable.setIdleTimeout(properties.idleTimeout().toMillis());
            }
            connector.getConnectionFactories().stream()
                    .filter(HttpConfiguration.ConnectionFactory.class::isInstance)
                    .map(HttpConfiguration.ConnectionFactory.class::cast)
                    .forEach(http -> customize(http.getHttpConfiguration()));
        }
        var rated =
                new BodyRateHandler(
                        server.getHandler(), properties.bodyRateMin(), properties.bodyRateWindow());
        server.setHandler(new EdgeHandler(rated, random));
    }

    private void customize(HttpConfiguration http) {
        http.setUriCompliance(MATRIX);
        http.setSendServerVersion(false);
        http.setRequestHeaderSize((int) properties.headersMax().toBytes());
        // Bodies are read by us alone, whatever their Content-Type: "curl -d" says that JSON is a
        // form, and the container would swallow it at the first look for a query parameter.
        http.setFormEncodedMethods(Set.of());
    }
}
