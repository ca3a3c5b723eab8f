package dev.lares.core.uia;

import dev.lares.core.account.UserIdentifier;
import java.util.Optional;

/// The `auth` member of a request, with the members of every stage.
///
/// @param type of the stage; absent where a stage was passed elsewhere and the operation is asked
///   for again
/// @param user deprecated form of `identifier`
/// @param medium deprecated form of `identifier`, with `address`
/// @param token of `m.login.registration_token`
public record AuthData(
        Optional<String> type,
        Optional<String> session,
        Optional<UserIdentifier> identifier,
        Optional<String> user,
        Optional<String> medium,
        Optional<String> address,
        Optional<String> password,
        Optional<String> token) {

    Optional<UserIdentifier> anyIdentifier() {
        return identifier.or(() -> UserIdentifier.legacy(user, medium, address));
    }

    /// Shows no secrets.
    @Override
    public String toString() {
        return "AuthData[" + type + "]";
    }
}
