package dev.lares.core.token;

import java.time.Duration;
import java.util.Optional;

/// Tokens in clear, on their only way to their owner.
///
/// @param expiresIn the access token's lifetime; absent: it does not expire
public record IssuedTokens(
        String accessToken, Optional<String> refreshToken, Optional<Duration> expiresIn) {
    /// Shows no token.
    @Override
    public String toString() {
        return "IssuedTokens[expiresIn=" + expiresIn + "]";
    }
}
