package dev.lares.core.account;

import dev.lares.core.secret.TokenHash;

/// What entitles to an account and is used up in the transaction that makes it.
public sealed interface Admission {
    /// Nothing is used up.
    record Free() implements Admission {}

    /// One use of a registration token.
    record RegistrationToken(TokenHash hash) implements Admission {}

    /// The link of the first start.
    record SetupLink(TokenHash hash) implements Admission {}
}
