package dev.lares.core.token;

import dev.lares.core.secret.TokenFactory;
import dev.lares.core.secret.TokenHash;
import dev.lares.core.secret.TokenKind;
import dev.lares.core.web.AccessTokens;
import dev.lares.core.web.Requester;
import dev.lares.core.web.TokenOutcome;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Looks access tokens up.
@Service
class AccessTokenService implements AccessTokens {
    private final AccessTokenRepository accessTokens;
    private final RefreshService refreshing;
    private final Clock clock;

    AccessTokenService(AccessTokenRepository accessTokens, RefreshService refreshing, Clock clock) {
        this.accessTokens = accessTokens;
        this.refreshing = refreshing;
        this.clock = clock;
    }

    @Override
    public TokenOutcome find(String token) {
        if (!TokenFactory.mayBe(TokenKind.ACCESS, token)) {
            return new TokenOutcome.Unknown();
        }
        var hash = TokenHash.of(token);
        return read(hash).map(this::outcome).orElseGet(TokenOutcome.Unknown::new);
    }

    private Optional<AccessTokenRow> read(TokenHash hash) {
        var row = accessTokens.find(hash);
        if (row.isEmpty()) {
            return row;
        }
        var first = row.get().unusedRefreshNid();
        if (first.isPresent() && !row.get().expired(Instant.now(clock))) {
            if (!refreshing.firstUse(row.get().tokenNid(), first.get())) {
                return Optional.empty();
            }
        }
        return row;
    }

    private TokenOutcome outcome(AccessTokenRow row) {
        if (row.expired(Instant.now(clock))) {
            return new TokenOutcome.Expired();
        }
        var requester =
                new Requester(
                        row.userId(),
                        row.userNid(),
                        row.userId().serverName(),
                        row.deviceId(),
                        row.tokenNid(),
                        row.admin(),
                        row.guest());
        return row.locked()
                ? new TokenOutcome.Locked(requester)
                : new TokenOutcome.Known(requester);
    }
}
