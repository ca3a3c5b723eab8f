package dev.lares.core.log;

import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import java.util.List;
import java.util.Optional;

/// What became of an [AppendItem].
///
/// @param position of the last row; the applied position of this replica has reached it
/// @param roomId of the item's room
/// @param eventIds of the drafts, in their order
/// @param repeated whether an earlier request with the same transaction key gave this answer
public record AppendResult(
        Position position, Optional<RoomId> roomId, List<EventId> eventIds, boolean repeated) {
    public AppendResult {
        eventIds = List.copyOf(eventIds);
    }
}
