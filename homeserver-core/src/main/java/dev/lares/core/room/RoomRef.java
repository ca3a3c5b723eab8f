package dev.lares.core.room;

import dev.lares.core.id.RoomId;
import dev.lares.core.roomversion.RoomVersion;

/// A room that this server knows, with its internal number.
public record RoomRef(long roomNid, RoomId roomId, RoomVersion version) {}
