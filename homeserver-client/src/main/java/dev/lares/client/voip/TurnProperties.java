package dev.lares.client.voip;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// @param uris addresses of the TURN servers, such as `turn:turn.example.org?transport=udp`;
///   without any, calls do without
/// @param sharedSecret the secret that the TURN servers share with this one (coturn:
///   `static-auth-secret`); each user gets credentials of their own that expire
/// @param username for TURN servers without a shared secret: what all users sign in with
/// @param password the password to `username`
/// @param lifetime how long credentials are good
/// @param guests whether guests get credentials
@Validated
@ConfigurationProperties("lares.turn")
record TurnProperties(
        @DefaultValue List<URI> uris,
        Optional<String> sharedSecret,
        Optional<String> username,
        Optional<String> password,
        @DefaultValue("1h") @DurationMin(minutes = 1) Duration lifetime,
        @DefaultValue("false") boolean guests) {
    TurnProperties {
        uris = List.copyOf(uris);
        for (var uri : uris) {
            if (!"turn".equals(uri.getScheme()) && !"turns".equals(uri.getScheme())) {
                throw new IllegalArgumentException(
                        "lares.turn.uris holds something that begins with neither turn: nor turns:");
            }
        }
        if (username.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException(
                    "lares.turn.username and lares.turn.password go together");
        }
        if (sharedSecret.isPresent() && username.isPresent()) {
            throw new IllegalArgumentException(
                    "lares.turn has either a shared-secret or a username, not both");
        }
        if (!uris.isEmpty() && sharedSecret.isEmpty() && username.isEmpty()) {
            throw new IllegalArgumentException(
                    "lares.turn.uris needs a shared-secret, or a username and a password");
        }
    }

    /// Shows no secrets.
    @Override
    public String toString() {
        return "TurnProperties" + uris;
    }
}
