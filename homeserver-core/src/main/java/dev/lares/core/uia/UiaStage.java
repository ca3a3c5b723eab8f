package dev.lares.core.uia;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/// The [authentication
/// types](https://spec.matrix.org/v1.19/client-server-api/#authentication-types) that we offer.
public enum UiaStage {
    PASSWORD("m.login.password"),
    DUMMY("m.login.dummy"),
    REGISTRATION_TOKEN("m.login.registration_token"),
    TERMS("m.login.terms");

    private final String type;

    UiaStage(String type) {
        this.type = type;
    }

    @JsonValue
    public String type() {
        return type;
    }

    public static Optional<UiaStage> find(String type) {
        for (var stage : values()) {
            if (stage.type.equals(type)) {
                return Optional.of(stage);
            }
        }
        return Optional.empty();
    }
}
