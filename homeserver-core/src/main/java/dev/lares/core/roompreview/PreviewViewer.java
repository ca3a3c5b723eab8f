package dev.lares.core.roompreview;

import dev.lares.core.id.RoomId;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.RoomMembership;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who wants to see previews, with what they are in which room.
///
/// @param memberships by the rooms' internal numbers
/// @param joined the rooms that they are in
public record PreviewViewer(Map<Long, Membership> memberships, Set<RoomId> joined) {
    /// Somebody who is not logged in.
    public static final PreviewViewer ANYBODY = new PreviewViewer(Map.of(), Set.of());

    public PreviewViewer {
        memberships = Map.copyOf(memberships);
        joined = Set.copyOf(joined);
    }

    static PreviewViewer of(List<RoomMembership> rooms) {
        var memberships = new HashMap<Long, Membership>();
        var joined = new HashSet<RoomId>();
        for (var room : rooms) {
            memberships.put(room.roomNid(), room.membership());
            if (room.membership() == Membership.JOIN) {
                joined.add(room.roomId());
            }
        }
        return new PreviewViewer(memberships, joined);
    }

    /// What they are in the room; nothing where they never had to do with it or have forgotten it.
    public Optional<Membership> in(long roomNid) {
        return Optional.ofNullable(memberships.get(roomNid));
    }

    /// Whether they are in the room, may join it, knock on it or read it
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidhierarchy)).
    public boolean maySee(RoomPreview preview) {
        if (preview.isWorldReadable()) {
            return true;
        }
        var membership = in(preview.room().roomNid()).orElse(Membership.LEAVE);
        return switch (membership) {
            case JOIN, INVITE -> true;
            case BAN -> false;
            case KNOCK, LEAVE -> preview.isOpen() || meetsACondition(preview);
        };
    }

    private boolean meetsACondition(RoomPreview preview) {
        return preview.joinRule().isRestricted()
                && preview.allowedRooms().stream().anyMatch(joined::contains);
    }
}
