package dev.lares.client.sync;

import dev.lares.core.log.Position;
import dev.lares.core.membership.RoomMembership;
import dev.lares.core.room.RoomRef;

/// Which stretch of a room an answer tells.
///
/// @param from what the client knows; [Position#ZERO] where it knows nothing that counts
/// @param to end of the stretch: that of the answer, or where the user left
public record RoomPlan(
        RoomRef room, RoomMembership membership, Position from, Position to, Knowledge knowledge) {
    public long roomNid() {
        return room.roomNid();
    }

    public boolean fresh() {
        return knowledge == Knowledge.NOTHING;
    }

    /// What the client has of the room.
    public enum Knowledge {
        /// The state at `from` and what led to it.
        UP_TO_FROM,
        /// The timeline up to `from`; all of the state is told again.
        TIMELINE_UP_TO_FROM,
        /// Nothing, or nothing that counts, since the user was not in the room all the time.
        NOTHING,
        /// The user was not in the room in this stretch, as one who declines an invitation: of the
        /// state, nothing but their own membership is theirs to see.
        OUTSIDE
    }
}
