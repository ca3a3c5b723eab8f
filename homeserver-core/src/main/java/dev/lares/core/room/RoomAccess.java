package dev.lares.core.room;

import dev.lares.core.log.Position;

/// What a user may read of a room.
public sealed interface RoomAccess {
    /// Is in the room: its current state and what [EventVisibility] lets through.
    record Member() implements RoomAccess {}

    /// Was in the room, left it and has not forgotten it: the state as it was then.
    ///
    /// @param at position of the change that ended the membership; the change is part of the state
    record Departed(Position at) implements RoomAccess {}

    /// Never was in the room, which is readable for the world now.
    record Passerby() implements RoomAccess {}

    /// Nothing.
    record Stranger() implements RoomAccess {}
}
