package dev.lares.core.append;

import dev.lares.core.error.MatrixException;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import java.util.List;
import java.util.Optional;

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

    record Refused(Prepared item, MatrixException refusal) implements Decision {}

    /// A lock was not to be had.
    record Missed(Prepared item) implements Decision {}

    /// What memory had was too old; nobody's fault.
    record Stale(Prepared item) implements Decision {}
}
