package dev.lares.core.web;

/// Looks access tokens up. Implemented by the accounts; called for each request that carries a
/// token.
public interface AccessTokens {
    /// Never throws for a token that is not good: the outcome says so.
    TokenOutcome find(String token);
}
