package dev.lares.core.account;

import java.util.Optional;

/// Whom a client means ([identifier
/// types](https://spec.matrix.org/v1.19/client-server-api/#identifier-types)), as it came.
///
/// @param type `m.id.user`, `m.id.thirdparty` or `m.id.phone`
public record UserIdentifier(
        Optional<String> type,
        Optional<String> user,
        Optional<String> medium,
        Optional<String> address,
        Optional<String> country,
        Optional<String> phone) {

    /// The deprecated forms, in which the members stand beside the password.
    public static Optional<UserIdentifier> legacy(
            Optional<String> user, Optional<String> medium, Optional<String> address) {
        if (user.isPresent()) {
            return Optional.of(
                    new UserIdentifier(
                            Optional.of("m.id.user"),
                            user,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
        }
        if (medium.isPresent() || address.isPresent()) {
            return Optional.of(
                    new UserIdentifier(
                            Optional.of("m.id.thirdparty"),
                            Optional.empty(),
                            medium,
                            address,
                            Optional.empty(),
                            Optional.empty()));
        }
        return Optional.empty();
    }
}
