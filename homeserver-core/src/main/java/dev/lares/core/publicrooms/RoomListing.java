package dev.lares.core.publicrooms;

import dev.lares.core.id.RoomId;
import java.util.Optional;

/// What a directory shows of a room.
///
/// @param joinedMembers how many were in the room a moment ago
/// @param joinRule as the specification writes it
public record RoomListing(
        long roomNid,
        RoomId roomId,
        int joinedMembers,
        Optional<String> name,
        Optional<String> topic,
        Optional<String> canonicalAlias,
        Optional<String> avatarUrl,
        String joinRule,
        boolean worldReadable,
        boolean guestCanJoin,
        Optional<String> roomType) {}
