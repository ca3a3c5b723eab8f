package dev.lares.client.slidingsync;

import dev.lares.core.log.Position;
import dev.lares.core.membership.MembershipOrigin;
import dev.lares.core.membership.RoomMembership;
import dev.lares.core.membership.Stay;
import dev.lares.core.room.RoomRef;
import java.util.Optional;

/// A room that the user has to do with.
///
/// @param activity when something last happened in it that the user may know of
/// @param origin of the membership, of rooms that the user is not in
record ListedRoom(
        RoomRef ref,
        RoomMembership membership,
        Position activity,
        Optional<MembershipOrigin> origin) {
    long roomNid() {
        return membership.roomNid();
    }

    /// The last time that the user was in a room that they are not in.
    Optional<Stay> lastStay() {
        return origin.flatMap(MembershipOrigin::lastStay);
    }

    /// Up to where the user may know of a room that they are not in: to the end of their last stay,
    /// or to when they were invited or knocked.
    Position visibleUpTo() {
        return membership.membership().isGone()
                ? lastStay().map(Stay::left).orElse(membership.changed())
                : membership.changed();
    }
}
