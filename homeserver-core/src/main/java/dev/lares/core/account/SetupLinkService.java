package dev.lares.core.account;

import dev.lares.core.secret.TokenFactory;
import dev.lares.core.secret.TokenHash;
import dev.lares.core.secret.TokenKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// The link with which the first administrator is made in a browser. There is one while there is no
/// administrator; it works once and for a day.
@Service
public class SetupLinkService {
    /// The page's path; the token is its query parameter `token`.
    public static final String PATH = "/_lares/setup";

    static final Duration LIFETIME = Duration.ofDays(1);

    private final SetupLinkRepository links;
    private final AccountRepository accounts;
    private final TokenFactory tokens;
    private final Clock clock;

    SetupLinkService(
            SetupLinkRepository links,
            AccountRepository accounts,
            TokenFactory tokens,
            Clock clock) {
        this.links = links;
        this.accounts = accounts;
        this.tokens = tokens;
        this.clock = clock;
    }

    /// A new link's path and query, where there is no administrator yet. Links given out before
    /// stay good.
    public Optional<String> create() {
        if (accounts.adminExists()) {
            return Optional.empty();
        }
        var now = Instant.now(clock);
        links.deleteExpired(now);
        var token = tokens.create(TokenKind.SETUP);
        links.insert(TokenHash.of(token), now.plus(LIFETIME));
        return Optional.of(PATH + "?token=" + token);
    }

    /// What the token entitles to, where it is still good. Whether it is so is decided again when
    /// the account is made.
    public Optional<Admission> check(String token) {
        if (!TokenFactory.mayBe(TokenKind.SETUP, token) || accounts.adminExists()) {
            return Optional.empty();
        }
        var hash = TokenHash.of(token);
        return links.valid(hash, Instant.now(clock))
                ? Optional.of(new Admission.SetupLink(hash))
                : Optional.empty();
    }
}
