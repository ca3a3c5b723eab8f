package dev.lares.core.append;

import dev.lares.core.error.MatrixException;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.log.ReceivedOutcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a batch decided about one of its items. It is answered once the batch is through.
sealed interface Decision {
    Prepared item();

    /// @param lastAt ordinal of the item's last row in the batch
    record Written(Prepared item, Optional<RoomId> roomId, List<EventId> eventIds, int lastAt)
            implements Decision {}

    /// The same request was carried out before.
    ///
    /// @param roomPos of the room's head, which is not before the first answer
    record Repeated(Prepared item, Optional<RoomId> roomId, List<EventId> eventIds, long roomPos)
            implements Decision {}

    /// Events that were made elsewhere have landed, from the item's first on.
    ///
    /// @param outcomes of those that landed
    /// @param lastAt ordinal of the item's last row in the batch; 0 where it wrote none
    /// @param roomPos of the room's head before the batch
    /// @param extremities how many the room has now
    /// @param rest why the others leave for the background lane; absent where all have landed
    record Received(
            Prepared item,
            List<ReceivedOutcome> outcomes,
            int lastAt,
            long roomPos,
            int extremities,
            Optional<Need> rest)
            implements Decision {}

    /// Events are cited that are not in the room.
    record Incomplete(Prepared item, Set<EventId> prevEvents, Set<EventId> authEvents)
            implements Decision {}

    record Refused(Prepared item, MatrixException refusal) implements Decision {}

    /// A lock was not to be had.
    record Missed(Prepared item) implements Decision {}

    /// What memory had was too old; nobody's fault.
    record Stale(Prepared item) implements Decision {}
}
