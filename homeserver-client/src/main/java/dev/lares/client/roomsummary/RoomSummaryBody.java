package dev.lares.client.roomsummary;

import dev.lares.core.id.RoomAlias;
import dev.lares.core.id.RoomId;
import dev.lares.core.roompreview.RoomPreview;
import dev.lares.core.roomversion.RoomVersion;
import java.util.List;
import java.util.Optional;

/// A [room
/// summary](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1room_summaryroomidoralias)
/// as clients get it, also in the hierarchy of a space.
public record RoomSummaryBody(
        RoomId roomId,
        Optional<String> name,
        Optional<String> topic,
        Optional<RoomAlias> canonicalAlias,
        Optional<String> avatarUrl,
        int numJoinedMembers,
        boolean worldReadable,
        boolean guestCanJoin,
        String joinRule,
        Optional<List<RoomId>> allowedRoomIds,
        Optional<String> roomType,
        Optional<String> encryption,
        RoomVersion roomVersion) {
    public static RoomSummaryBody of(RoomPreview preview) {
        return new RoomSummaryBody(
                preview.room().roomId(),
                preview.name(),
                preview.topic(),
                preview.canonicalAlias(),
                preview.avatarUrl(),
                preview.joinedMembers(),
                preview.isWorldReadable(),
                preview.guestsMayJoin(),
                preview.joinRule().value(),
                preview.joinRule().isRestricted()
                        ? Optional.of(preview.allowedRooms())
                        : Optional.empty(),
                preview.roomType(),
                preview.encryption(),
                preview.room().version());
    }
}
