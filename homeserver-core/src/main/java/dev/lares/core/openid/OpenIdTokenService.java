package dev.lares.core.openid;

import dev.lares.core.id.UserId;
import dev.lares.core.secret.TokenFactory;
import dev.lares.core.secret.TokenHash;
import dev.lares.core.secret.TokenKind;
import dev.lares.core.web.Requester;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Makes tokens of the OpenID API and says whose they are. They open nothing else.
@Service
public class OpenIdTokenService {
    /// How long a token is good.
    public static final Duration LIFETIME = Duration.ofHours(1);

    private final OpenIdTokenRepository openIdTokens;
    private final TokenFactory tokens;
    private final Clock clock;

    OpenIdTokenService(OpenIdTokenRepository openIdTokens, TokenFactory tokens, Clock clock) {
        this.openIdTokens = openIdTokens;
        this.tokens = tokens;
        this.clock = clock;
    }

    /// A token in clear, good for [#LIFETIME].
    public String create(Requester requester) {
        var token = tokens.create(TokenKind.OPENID);
        openIdTokens.insert(
                TokenHash.of(token), requester.userNid(), Instant.now(clock).plus(LIFETIME));
        return token;
    }

    /// Whose token it is; nobody's where it has expired, or the account is deactivated or locked.
    public Optional<UserId> find(String token) {
        return TokenFactory.mayBe(TokenKind.OPENID, token)
                ? openIdTokens.find(TokenHash.of(token), Instant.now(clock))
                : Optional.empty();
    }
}
