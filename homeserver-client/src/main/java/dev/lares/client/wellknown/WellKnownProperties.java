package dev.lares.client.wellknown;

import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import dev.lares.core.json.JsonRules;
import dev.lares.core.json.JsonText;
import jakarta.validation.Valid;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import tools.jackson.databind.node.ObjectNode;

/// @param clientBaseUrl where clients find this server, such as `https://matrix.example.org`;
///   unset: where the question was asked, which is right unless a proxy sends other hosts'
///   questions here
/// @param clientExtra a JSON object with further members of the document for clients, such as
///   `{"io.element.e2ee": {"default": true}}`
/// @param server the name and port to which other servers are sent; unset: there is no such
///   document
/// @param supportPage a page that helps the server's users
/// @param contacts whom to turn to about this server
@Validated
@ConfigurationProperties("lares.well-known")
record WellKnownProperties(
        Optional<URI> clientBaseUrl,
        @DefaultValue("{}") String clientExtra,
        Optional<ServerName> server,
        Optional<URI> supportPage,
        @DefaultValue List<@Valid Contact> contacts) {
    WellKnownProperties {
        contacts = List.copyOf(contacts);
        if (clientBaseUrl.isPresent() && !clientBaseUrl.get().isAbsolute()) {
            throw new IllegalArgumentException(
                    "lares.well-known.client-base-url is not a whole URL");
        }
        parse(clientExtra);
    }

    ObjectNode extra() {
        return parse(clientExtra);
    }

    private static ObjectNode parse(String json) {
        return JsonText.parseObject(json.getBytes(StandardCharsets.UTF_8), JsonRules.LAX);
    }

    /// @param role `m.role.admin`, `m.role.security` or a namespaced one
    record Contact(
            @DefaultValue("m.role.admin") String role,
            Optional<UserId> matrixId,
            Optional<String> emailAddress) {
        Contact {
            if (matrixId.isEmpty() && emailAddress.isEmpty()) {
                throw new IllegalArgumentException(
                        "a contact under lares.well-known.contacts has neither matrix-id nor"
                                + " email-address");
            }
        }
    }
}
