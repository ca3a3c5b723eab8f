package dev.lares.core.account;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.secret.TokenHash;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// [Token-authenticated
/// registration](https://spec.matrix.org/v1.19/client-server-api/#token-authenticated-registration).
@Service
public class RegistrationTokenService {
    private static final Pattern GRAMMAR = Pattern.compile("[0-9A-Za-z._~-]{1,64}");
    private static final int HINT_CHARS = 3;
    private static final int LISTED_MAX = 1000;

    /// Tokens are read aloud and typed in: nothing in them looks like something else. 20 of these
    /// are 99 bits.
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int MADE_CHARS = 20;

    private final RegistrationTokenRepository tokens;
    private final Clock clock;
    private final SecureRandom random;

    RegistrationTokenService(RegistrationTokenRepository tokens, Clock clock, SecureRandom random) {
        this.tokens = tokens;
        this.clock = clock;
        this.random = random;
    }

    /// Makes a token that nobody can guess, and returns it: it cannot be shown again.
    ///
    /// @param usesAllowed absent: any number
    /// @param lifetime absent: for ever
    public String create(Optional<Integer> usesAllowed, Optional<Duration> lifetime) {
        var token =
                random.ints(MADE_CHARS, 0, ALPHABET.length())
                        .mapToObj(i -> ALPHABET.substring(i, i + 1))
                        .collect(Collectors.joining());
        create(token, usesAllowed, lifetime.map(Instant.now(clock)::plus));
        return token;
    }

    /// Makes a token that somebody chose. `M_INVALID_PARAM` where it is not 1 to 64 characters of
    /// `0-9 A-Z a-z . _ ~ -`, exists, or may not be used once.
    ///
    /// @param usesAllowed absent: any number
    /// @param expiresAt absent: never
    public void create(String token, Optional<Integer> usesAllowed, Optional<Instant> expiresAt) {
        if (!GRAMMAR.matcher(token).matches()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "A registration token has 1 to 64 characters of 0-9 A-Z a-z . _ ~ -");
        }
        if (usesAllowed.isPresent() && usesAllowed.get() < 1) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "A token is used once at least");
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

    /// The newest tokens first, at most 1,000.
    public List<RegistrationToken> list() {
        return tokens.findAll(Instant.now(clock), LISTED_MAX);
    }

    /// Deletes a token, named by itself or by the id in the list; whoever is registering with it
    /// right now is refused in the end. `M_NOT_FOUND` where there is none.
    public void delete(String tokenOrId) {
        if (!tokens.delete(TokenHash.of(tokenOrId)) && !tokens.deleteById(tokenOrId)) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such token");
        }
    }
}
