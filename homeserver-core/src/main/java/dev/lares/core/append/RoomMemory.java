package dev.lares.core.append;

import dev.lares.core.room.RoomRef;

/// What the writer remembers of a room, as of the head's position. Immutable.
///
/// @param epoch of the room's row; memory of an older one is worth nothing
record RoomMemory(RoomRef room, int epoch, RoomHead head, CurrentState state) {
    RoomMemory with(RoomHead newHead, CurrentState newState) {
        return new RoomMemory(room, epoch, newHead, newState);
    }

    /// About what it takes on the heap.
    int weightBytes() {
        return 512 + 160 * state.size();
    }
}
