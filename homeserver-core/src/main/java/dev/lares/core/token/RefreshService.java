package dev.lares.core.token;

import dev.lares.core.account.AccountService;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.secret.TokenFactory;
import dev.lares.core.secret.TokenHash;
import dev.lares.core.secret.TokenKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// [Refreshing access
/// tokens](https://spec.matrix.org/v1.19/client-server-api/#refreshing-access-tokens). A refresh
/// token can be changed again and again until one of the tokens that it was changed for is used;
/// then it is gone. An access token that was refreshed lives on until it expires, which is soon.
@Service
public class RefreshService {
    /// So long an expired access token is remembered, to answer that it can be refreshed.
    private static final Duration EXPIRED_KEPT = Duration.ofHours(1);

    private final RefreshTokenRepository refreshTokens;
    private final AccessTokenRepository accessTokens;
    private final AccountService accounts;
    private final SessionService sessions;
    private final TokenProperties properties;
    private final Clock clock;

    RefreshService(
            RefreshTokenRepository refreshTokens,
            AccessTokenRepository accessTokens,
            AccountService accounts,
            SessionService sessions,
            TokenProperties properties,
            Clock clock) {
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.accounts = accounts;
        this.sessions = sessions;
        this.properties = properties;
        this.clock = clock;
    }

    /// Changes a refresh token for new tokens. `M_UNKNOWN_TOKEN` where it is unknown or was
    /// replaced, with `soft_logout` where it expired; `M_USER_LOCKED` where the account is.
    @Transactional
    public IssuedTokens refresh(String refreshToken) {
        if (!TokenFactory.mayBe(TokenKind.REFRESH, refreshToken)) {
            throw unknown(false);
        }
        var now = Instant.now(clock);
        var old =
                refreshTokens
                        .findForUpdate(TokenHash.of(refreshToken))
                        .orElseThrow(() -> unknown(false));
        if (old.expiresAt().isPresent() && !old.expiresAt().get().isAfter(now)) {
            throw unknown(true);
        }
        var account =
                accounts.find(old.userNid())
                        .filter(found -> !found.deactivated())
                        .orElseThrow(() -> unknown(false));
        if (account.locked()) {
            throw LockedAccounts.refusal();
        }
        old.successorNid().ifPresent(this::takeBackUnused);

        var issued = sessions.issue(Refreshing.SUPPORTED);
        var expires =
                Optional.ofNullable(properties.refreshTokenLifetime()).map(now::plus).orElse(null);
        var newRefresh = issued.refreshToken().orElseThrow();
        long newNid = refreshTokens.insert(TokenHash.of(newRefresh), old, now, expires);
        accessTokens.insert(
                TokenHash.of(issued.accessToken()),
                old,
                newNid,
                now,
                now.plus(issued.expiresIn().orElseThrow()));
        refreshTokens.setSuccessor(old.refreshNid(), newNid);
        refreshTokens.deletePredecessors(old.refreshNid());
        accessTokens.deleteExpired(old.userNid(), old.deviceId(), now.minus(EXPIRED_KEPT));
        return issued;
    }

    /// The first use of an access token ends the refresh token that it came from. Returns false
    /// where the token was replaced before this use.
    @Transactional
    public boolean firstUse(long tokenNid, long refreshNid) {
        // The refresh token first: a refresh locks in this order too.
        refreshTokens.deletePredecessors(refreshNid);
        return accessTokens.markUsed(tokenNid);
    }

    private void takeBackUnused(long successorNid) {
        var successor = refreshTokens.find(successorNid);
        boolean used =
                successor.isEmpty()
                        || successor.get().successorNid().isPresent()
                        || accessTokens.usedWith(successorNid);
        if (used) {
            throw unknown(false);
        }
        accessTokens.deleteWith(successorNid);
        refreshTokens.delete(successorNid);
    }

    private static MatrixException unknown(boolean softLogout) {
        return new MatrixException(
                ErrorCode.M_UNKNOWN_TOKEN,
                ErrorCode.M_UNKNOWN_TOKEN.status(),
                "The refresh token is not known, or has been used",
                Map.of("soft_logout", softLogout));
    }
}
