package dev.lares.core.roompreview;

import dev.lares.core.auth.JoinRule;
import dev.lares.core.id.RoomAlias;
import dev.lares.core.id.RoomId;
import dev.lares.core.room.HistoryVisibility;
import dev.lares.core.room.RoomRef;
import java.util.List;
import java.util.Optional;

/// What a room shows to those who are not in it. Says nothing of who may see it.
///
/// @param topic its plain text
/// @param allowedRooms whose members may join, where the room is restricted
/// @param guestsMayJoin whether guests may, as far as the join rule lets anybody
/// @param joinedMembers how many are in the room
public record RoomPreview(
        RoomRef room,
        Optional<String> name,
        Optional<String> topic,
        Optional<RoomAlias> canonicalAlias,
        Optional<String> avatarUrl,
        JoinRule joinRule,
        List<RoomId> allowedRooms,
        HistoryVisibility visibility,
        boolean guestsMayJoin,
        Optional<String> roomType,
        Optional<String> encryption,
        int joinedMembers) {
    public RoomPreview {
        allowedRooms = List.copyOf(allowedRooms);
    }

    public boolean isWorldReadable() {
        return visibility == HistoryVisibility.WORLD_READABLE;
    }

    /// Whether everybody may come in, knock or read.
    public boolean isOpen() {
        return isWorldReadable() || joinRule == JoinRule.PUBLIC || joinRule.mayKnock();
    }
}
