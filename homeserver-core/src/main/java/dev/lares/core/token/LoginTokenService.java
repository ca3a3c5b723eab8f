package dev.lares.core.token;

import dev.lares.core.account.Account;
import dev.lares.core.account.AccountService;
import dev.lares.core.secret.TokenFactory;
import dev.lares.core.secret.TokenHash;
import dev.lares.core.secret.TokenKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Tokens of `m.login.token`: for one login, for a short time.
@Service
public class LoginTokenService {
    private final LoginTokenRepository loginTokens;
    private final AccountService accounts;
    private final TokenFactory tokens;
    private final TokenProperties properties;
    private final Clock clock;

    LoginTokenService(
            LoginTokenRepository loginTokens,
            AccountService accounts,
            TokenFactory tokens,
            TokenProperties properties,
            Clock clock) {
        this.loginTokens = loginTokens;
        this.accounts = accounts;
        this.tokens = tokens;
        this.properties = properties;
        this.clock = clock;
    }

    /// A token in clear and how long it can be used.
    public record LoginToken(String token, Duration lifetime) {}

    public LoginToken create(long userNid) {
        var now = Instant.now(clock);
        loginTokens.deleteExpired(now);
        var token = tokens.create(TokenKind.LOGIN);
        loginTokens.insert(TokenHash.of(token), userNid, now.plus(properties.loginTokenLifetime()));
        return new LoginToken(token, properties.loginTokenLifetime());
    }

    /// The account that the token is for. It cannot be used again.
    public Optional<Account> take(String token) {
        if (!TokenFactory.mayBe(TokenKind.LOGIN, token)) {
            return Optional.empty();
        }
        return loginTokens.take(TokenHash.of(token), Instant.now(clock)).flatMap(accounts::find);
    }
}
