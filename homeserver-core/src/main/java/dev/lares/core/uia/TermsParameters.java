package dev.lares.core.uia;

import dev.lares.core.account.RegistrationProperties;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The documents of `m.login.terms`, in the form of its [stage
/// parameters](https://spec.matrix.org/v1.19/client-server-api/#terms-of-service-at-registration).
@Component
class TermsParameters {
    private final RegistrationProperties properties;

    TermsParameters(RegistrationProperties properties) {
        this.properties = properties;
    }

    ObjectNode json() {
        var params = JsonNodeFactory.instance.objectNode();
        var policies = params.putObject("policies");
        properties
                .terms()
                .forEach((id, policy) -> {
                    var json = policies.putObject(id);
                    json.put("version", policy.version());
                    policy.languages()
                            .forEach((language, document) ->
                                    json.putObject(language)
                                            .put("name", document.name())
                                            .put("url", document.url().toString()));
                });
        return params;
    }
}
