package dev.lares.client.sync;

import dev.lares.core.filter.Filter;
import dev.lares.core.log.Position;
import dev.lares.core.web.Requester;
import java.util.Optional;

/// What a client asks of a sync.
///
/// @param since absent for an initial sync
/// @param state which state comes with the rooms
/// @param toDevice how far messages to the device have been delivered
public record SyncRequest(
        Requester requester,
        Filter filter,
        Optional<Position> since,
        long toDevice,
        FullState fullState,
        StateForm state) {

    /// The same for a client that knows all up to a position.
    SyncRequest since(Position position) {
        return new SyncRequest(
                requester, filter, Optional.of(position), position.value(), fullState, state);
    }

    /// Whether all of the state comes even where the client knows it.
    public enum FullState {
        CHANGES,
        ALL
    }

    /// State up to the start or the end of the timeline, and under which name
    /// ([`use_state_after`](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3sync)).
    public enum StateForm {
        BEFORE_TIMELINE("state"),
        AFTER("state_after"),
        /// As `AFTER`, spelled as clients spelled it before it was stable (MSC4222).
        AFTER_UNSTABLE("org.matrix.msc4222.state_after");

        private final String member;

        StateForm(String member) {
            this.member = member;
        }

        String member() {
            return member;
        }

        boolean after() {
            return this != BEFORE_TIMELINE;
        }
    }
}
