package dev.lares.core.account;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.secret.TokenHash;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Service;

/// [Token-authenticated
/// registration](https://spec.matrix.org/v1.19/client-server-api/#token-authenticated-registration).
@Service
public class RegistrationTokenService {
    private static final Pattern GRAMMAR = Pattern.compile("[0-9A-Za-z._~-]{1,64}");
    private static final int HINT_CHARS = 3;

    private final RegistrationTokenRepository tokens;
    private final Clock clock;

    RegistrationTokenService(RegistrationTokenRepository tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /// Makes a token that somebody chose. `M_INVALID_PARAM` where it is not 1 to 64 characters of
    /// `0-9 A-Z a-z . _ ~ -` or exists.
    ///
    /// @param usesAllowed absent: any number
    /// @param expiresAt absent: never
    public void create(String token, Optional<Integer> usesAllowed, Optional<Instant> expiresAt) {
        if (!GRAMMAR.matcher(token).matches()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "A registration token has 1 to 64 characters of 0-9 A-Z a-z . _ ~ -");
        }
        var hint = token.substring(0, Math.min(HINT_CHARS, token.length()));
        if (!tokens.insertIfAbsent(
                TokenHash.of(token), hint, usesAllowed, expiresAt, Instant.now(clock))) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "The token exists");
        }
    }

    /// Whether an account could be registered with the token right now.
    public boolean valid(String token) {
        return GRAMMAR.matcher(token).matches()
                && tokens.valid(TokenHash.of(token), Instant.now(clock));
    }
}
