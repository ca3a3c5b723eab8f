package dev.lares.core.room;

/// Whether each event that a client gets names its room.
public enum RoomIds {
    INCLUDE,
    /// The answer says it in another place.
    LEAVE_OUT
}
