package dev.lares.core.publicrooms;

import dev.lares.core.id.ServerName;
import java.util.List;
import java.util.Optional;

/// What somebody looks for in a directory.
///
/// @param domain whose directory it is, one of ours
/// @param searchTerm part of a room's name, topic or alias, however capitalised
/// @param roomTypes those wanted; all where absent
public record PublicRoomQuery(
        ServerName domain, Optional<String> searchTerm, Optional<RoomTypes> roomTypes) {
    /// [Room types](https://spec.matrix.org/v1.19/client-server-api/#types).
    ///
    /// @param untyped whether rooms without a type are wanted
    public record RoomTypes(List<String> named, boolean untyped) {
        public RoomTypes {
            named = List.copyOf(named);
        }
    }
}
