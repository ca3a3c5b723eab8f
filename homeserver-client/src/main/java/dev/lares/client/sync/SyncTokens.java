package dev.lares.client.sync;

import dev.lares.client.sync.SyncRequest.FullState;
import dev.lares.client.sync.SyncRequest.StateForm;
import dev.lares.core.filter.Filter;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.LogHead;
import dev.lares.core.log.Position;
import dev.lares.core.position.PositionToken;
import dev.lares.core.position.PositionTokens;
import dev.lares.core.web.Requester;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Reads `since` and writes `next_batch`.
@Component
class SyncTokens {
    /// How long a token of a replica that is ahead may wait for this one.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final PositionTokens tokens;
    private final AppliedPosition applied;
    private final LogHead head;

    SyncTokens(PositionTokens tokens, AppliedPosition applied, LogHead head) {
        this.tokens = tokens;
        this.applied = applied;
        this.head = head;
    }

    String next(SyncRequest request, Position position) {
        return tokens.sync(position, request.toDevice(), request.requester().deviceId());
    }

    /// Waits for a token that is ahead of this replica. One that is ahead of the log itself is from
    /// before the database was restored: the client starts anew.
    SyncRequest request(
            Requester requester,
            Filter filter,
            Optional<String> since,
            FullState fullState,
            StateForm state) {
        if (since.isEmpty()) {
            return new SyncRequest(requester, filter, Optional.empty(), 0, fullState, state);
        }
        var token = tokens.readSync(since.get(), requester.deviceId());
        return new SyncRequest(
                requester, filter, reached(token), token.toDevice(), fullState, state);
    }

    private Optional<Position> reached(PositionToken.Sync token) {
        try {
            if (applied.await(token.position(), PATIENCE)) {
                return Optional.of(token.position());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SyncRunner.busy();
        }
        if (head.hasLost(token.position())) {
            return Optional.empty();
        }
        throw SyncRunner.busy();
    }
}
