package dev.lares.client.wellknown;

import static dev.lares.core.web.SpecEndpoint.Access.NONE;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.ServerName;
import dev.lares.core.web.RequestOrigin;
import dev.lares.core.web.SpecEndpoint;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// [Well-known URIs](https://spec.matrix.org/v1.19/client-server-api/#well-known-uris). Documents
/// are served under every hosted domain.
@RestController
@EnableConfigurationProperties(WellKnownProperties.class)
class WellKnownController {
    private final WellKnownProperties properties;

    WellKnownController(WellKnownProperties properties) {
        this.properties = properties;
    }

    /// `GET /.well-known/matrix/client`: where clients find the server.
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#getwell-knownmatrixclient))
    @SpecEndpoint(operationId = "getWellknown", auth = NONE, rateLimited = false)
    @GetMapping("/.well-known/matrix/client")
    ObjectNode getWellknown(RequestOrigin origin) {
        var baseUrl = properties.clientBaseUrl().map(URI::toString).orElse(origin.url());
        var document = properties.extra();
        document.putObject("m.homeserver").put("base_url", baseUrl);
        return document;
    }

    /// `GET /.well-known/matrix/server`: where other servers find the server. `M_NOT_FOUND` where
    /// they are to use the domain itself.
    /// ([spec](https://spec.matrix.org/v1.19/server-server-api/#getwell-knownmatrixserver))
    @SpecEndpoint(operationId = "getWellKnown", auth = NONE, rateLimited = false)
    @GetMapping("/.well-known/matrix/server")
    ServerDocument getWellKnown() {
        return properties.server().map(ServerDocument::new).orElseThrow(WellKnownController::none);
    }

    /// `GET /.well-known/matrix/support`: whom to turn to. `M_NOT_FOUND` where nobody is named.
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#getwell-knownmatrixsupport))
    @SpecEndpoint(operationId = "getWellknownSupport", auth = NONE, rateLimited = false)
    @GetMapping("/.well-known/matrix/support")
    SupportDocument getWellknownSupport() {
        if (properties.contacts().isEmpty() && properties.supportPage().isEmpty()) {
            throw none();
        }
        return new SupportDocument(
                Optional.of(properties.contacts()).filter(contacts -> !contacts.isEmpty()),
                properties.supportPage());
    }

    record ServerDocument(@JsonProperty("m.server") ServerName server) {}

    record SupportDocument(
            Optional<List<WellKnownProperties.Contact>> contacts, Optional<URI> supportPage) {}

    private static MatrixException none() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such document");
    }
}
