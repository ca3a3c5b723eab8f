package dev.lares.core.membership;

import dev.lares.core.id.RoomId;
import dev.lares.core.log.Position;

/// What one user is in one room.
///
/// @param since when it became so: later changes of the member's profile do not count
/// @param changed position of the newest change, profiles included
/// @param eventNid internal number of the `m.room.member`; 0 where it was removed from the state
public record RoomMembership(
        long userNid,
        long roomNid,
        RoomId roomId,
        Membership membership,
        Position since,
        Position changed,
        long eventNid) {}
