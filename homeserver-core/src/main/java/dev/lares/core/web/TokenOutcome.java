package dev.lares.core.web;

/// What an access token turned out to be ([using access
/// tokens](https://spec.matrix.org/v1.19/client-server-api/#using-access-tokens)).
public sealed interface TokenOutcome {
    /// A good token.
    record Known(Requester requester) implements TokenOutcome {}

    /// Never given out, or revoked by its owner: `M_UNKNOWN_TOKEN`.
    record Unknown() implements TokenOutcome {}

    /// The session is ended, but its device and keys stay for the next login: `M_UNKNOWN_TOKEN`
    /// with [soft_logout](https://spec.matrix.org/v1.19/client-server-api/#soft-logout).
    record SoftLoggedOut() implements TokenOutcome {}

    /// To be
    /// [refreshed](https://spec.matrix.org/v1.19/client-server-api/#refreshing-access-tokens):
    /// `M_UNKNOWN_TOKEN` with `soft_logout`.
    record Expired() implements TokenOutcome {}

    /// The account is [locked](https://spec.matrix.org/v1.19/client-server-api/#account-locking):
    /// it may only log out.
    record Locked(Requester requester) implements TokenOutcome {}

    /// The account is
    /// [deactivated](https://spec.matrix.org/v1.19/client-server-api/#account-deactivation).
    record Deactivated() implements TokenOutcome {}
}
