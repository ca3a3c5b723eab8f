package dev.lares.client.slidingsync;

import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.MembershipOrigin;
import dev.lares.core.membership.MembershipOrigins;
import dev.lares.core.membership.RoomMembership;
import dev.lares.core.membership.UserRooms;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.room.Viewer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Makes the list of a user's rooms, the most active first, that a client's lists are windows over.
@Component
class RoomLister {
    private static final Comparator<ListedRoom> MOST_ACTIVE_FIRST =
            Comparator.comparing(ListedRoom::activity)
                    .reversed()
                    .thenComparingLong(ListedRoom::roomNid);

    private final UserRooms memberships;
    private final MembershipOrigins origins;
    private final RoomRefs rooms;
    private final RoomActivities activities;

    RoomLister(
            UserRooms memberships,
            MembershipOrigins origins,
            RoomRefs rooms,
            RoomActivities activities) {
        this.memberships = memberships;
        this.origins = origins;
        this.rooms = rooms;
        this.activities = activities;
    }

    /// @param all every room that the user has to do with, the most active first
    /// @param listed those of them that lists are made of
    record Rooms(List<ListedRoom> all, List<ListedRoom> listed) {}

    /// @param to the rooms are as of here
    /// @param told what the client was told before
    /// @param ignored whose invitations the user does not want
    Rooms list(Viewer viewer, Position to, Base told, Set<String> ignored) {
        var all = memberships.at(viewer.userNid(), to);
        var outside = all.stream().filter(room -> room.membership() != Membership.JOIN).toList();
        var found = origins.of(viewer.userNid(), outside);
        var joined =
                all.stream()
                        .filter(room -> room.membership() == Membership.JOIN)
                        .map(RoomMembership::roomNid)
                        .toList();
        var lastRows = activities.lastRows(joined, to);
        Map<Long, RoomRef> refs =
                rooms.findAll(all.stream().map(RoomMembership::roomNid).toList()).stream()
                        .collect(Collectors.toMap(RoomRef::roomNid, Function.identity()));
        var listed = new ArrayList<ListedRoom>();
        for (var membership : all) {
            var ref = refs.get(membership.roomNid());
            if (ref != null) {
                var origin = Optional.ofNullable(found.get(membership.roomNid()));
                if (membership.membership() != Membership.INVITE
                        || origin.filter(one -> ignored.contains(one.sender())).isEmpty()) {
                    var activity =
                            lastRows.getOrDefault(membership.roomNid(), membership.changed());
                    listed.add(new ListedRoom(ref, membership, activity, origin));
                }
            }
        }
        listed.sort(MOST_ACTIVE_FIRST);
        return new Rooms(
                List.copyOf(listed),
                listed.stream().filter(room -> isListed(room, viewer, told)).toList());
    }

    /// Of the rooms that the user is not in any more, those from which they were kept out: of the
    /// others they know themselves. Who was told of a room is told once that it is over.
    private static boolean isListed(ListedRoom room, Viewer viewer, Base told) {
        return !room.membership().membership().isGone()
                || wasKeptOut(room, viewer)
                || told.sent()
                        .find(room.roomNid())
                        .filter(sent -> room.membership().changed().isAfter(told.upTo(sent)))
                        .isPresent();
    }

    private static boolean wasKeptOut(ListedRoom room, Viewer viewer) {
        return room.lastStay().isPresent()
                && room.origin()
                        .map(MembershipOrigin::sender)
                        .filter(sender -> !sender.equals(viewer.userId().value()))
                        .isPresent();
    }
}
