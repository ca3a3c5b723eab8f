package dev.lares.core.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lares.core.account.AccountChanges;
import dev.lares.core.device.DeviceChanges;
import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.secret.TokenFactory;
import dev.lares.core.secret.TokenHash;
import dev.lares.core.secret.TokenKind;
import dev.lares.core.web.AccessTokens;
import dev.lares.core.web.Requester;
import dev.lares.core.web.TokenOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.springframework.stereotype.Service;

/// Looks access tokens up. What was found is remembered until the log says that something about its
/// user changed, and only believed while this replica knows that it is not behind: a token that
/// another replica took away is refused here at most a second later, also when this one is cut off.
@Service
class AccessTokenService implements AccessTokens, AppliedBatch.Listener {
    private static final int REMEMBERED_MAX = 100_000;
    private static final int STRIPES = 4096;
    private static final Duration TRUSTED_FOR = Duration.ofSeconds(1);
    private static final List<String> STREAMS =
            List.of(DeviceChanges.STREAM, TokenRevocations.STREAM, AccountChanges.STREAM);

    private final AccessTokenRepository accessTokens;
    private final RefreshService refreshing;
    private final AppliedPosition applied;
    private final Clock clock;
    private final Cache<TokenHash, Remembered> remembered =
            Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();

    /// How many batches so far changed users' sessions, and by user (striped) the last of them.
    private final AtomicLong changes = new AtomicLong();

    private final AtomicLongArray changedAt = new AtomicLongArray(STRIPES);

    AccessTokenService(
            AccessTokenRepository accessTokens,
            RefreshService refreshing,
            AppliedPosition applied,
            Clock clock) {
        this.accessTokens = accessTokens;
        this.refreshing = refreshing;
        this.applied = applied;
        this.clock = clock;
    }

    private record Remembered(AccessTokenRow row, long readAfter) {}

    @Override
    public TokenOutcome find(String token) {
        if (!TokenFactory.mayBe(TokenKind.ACCESS, token)) {
            return new TokenOutcome.Unknown();
        }
        var hash = TokenHash.of(token);
        return believed(hash)
                .or(() -> read(hash))
                .map(this::outcome)
                .orElseGet(TokenOutcome.Unknown::new);
    }

    @Override
    public void applied(AppliedBatch batch) {
        if (Collections.disjoint(batch.streams(), STREAMS)) {
            return;
        }
        long change = changes.incrementAndGet();
        batch.users().forEach(userNid -> changedAt.set(stripe(userNid), change));
    }

    @Override
    public void movedOn() {
        long change = changes.incrementAndGet();
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            changedAt.set(stripe, change);
        }
    }

    private Optional<AccessTokenRow> believed(TokenHash hash) {
        var known = remembered.getIfPresent(hash);
        if (known == null
                || changedAt.get(stripe(known.row().userNid())) > known.readAfter()
                || !applied.isConfirmedWithin(TRUSTED_FOR)) {
            return Optional.empty();
        }
        return Optional.of(known.row());
    }

    private Optional<AccessTokenRow> read(TokenHash hash) {
        // Before the reading: a change during it makes what was read too old to be believed.
        long readAfter = changes.get();
        var row = accessTokens.find(hash);
        if (row.isEmpty()) {
            remembered.invalidate(hash);
            return row;
        }
        var first = row.get().unusedRefreshNid();
        if (first.isPresent() && !row.get().expired(Instant.now(clock))) {
            if (!refreshing.firstUse(row.get().tokenNid(), first.get())) {
                return Optional.empty();
            }
        }
        remembered.put(hash, new Remembered(row.get(), readAfter));
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
                        row.guest(),
                        row.suspended());
        return row.locked()
                ? new TokenOutcome.Locked(requester)
                : new TokenOutcome.Known(requester);
    }

    private static int stripe(long userNid) {
        return Long.hashCode(userNid * 0x9E3779B97F4A7C15L) & (STRIPES - 1);
    }
}
