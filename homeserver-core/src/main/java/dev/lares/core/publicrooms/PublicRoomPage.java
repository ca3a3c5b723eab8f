package dev.lares.core.publicrooms;

import java.util.List;
import java.util.Optional;

/// A page of a directory.
///
/// @param rooms those with the most members first
/// @param next token of the rooms behind; absent on the last page
/// @param previous token of the rooms before; absent on the first page
/// @param total how many rooms there are on all pages
public record PublicRoomPage(
        List<RoomListing> rooms, Optional<String> next, Optional<String> previous, int total) {
    public static final PublicRoomPage EMPTY =
            new PublicRoomPage(List.of(), Optional.empty(), Optional.empty(), 0);

    public PublicRoomPage {
        rooms = List.copyOf(rooms);
    }
}
