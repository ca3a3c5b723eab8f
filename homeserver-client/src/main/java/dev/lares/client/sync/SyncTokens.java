package dev.lares.client.sync;

import dev.lares.client.sync.SyncRequest.FullState;
import dev.lares.client.sync.SyncRequest.StateForm;
import dev.lares.core.filter.Filter;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.LogHead;
import dev.lares.core.log.Position;
import dev.lares.core.position.PositionToken;
import dev.lares.core.position.PositionTokens;
import dev.lares.core.todevice.ToDeviceInbox;
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
    private final ToDeviceInbox inbox;

    SyncTokens(PositionTokens tokens, AppliedPosition applied, LogHead head, ToDeviceInbox inbox) {
        this.tokens = tokens;
        this.applied = applied;
        this.head = head;
        this.inbox = inbox;
    }

    /// @param toDevice how far messages to the device are delivered
    String next(SyncRequest request, Position position, long toDevice) {
        return tokens.sync(position, toDevice, request.requester().deviceId());
    }

    /// Waits for a token that is ahead of this replica. One that is ahead of the log itself is from
    /// before the database was restored: the client starts anew. Who shows a token has what came
    /// with it: messages to the device are deleted up to there.
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
        var reached = reached(token);
        // Who starts anew has acknowledged nothing of what there is now.
        long toDevice = reached.isPresent() ? token.toDevice() : 0;
        requester.deviceId().ifPresent(id -> inbox.acknowledge(requester.userNid(), id, toDevice));
        return new SyncRequest(requester, filter, reached, toDevice, fullState, state);
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
