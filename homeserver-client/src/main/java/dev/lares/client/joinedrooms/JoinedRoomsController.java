package dev.lares.client.joinedrooms;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import dev.lares.core.id.RoomId;
import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.RoomMembership;
import dev.lares.core.membership.UserRooms;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// [Room membership](https://spec.matrix.org/v1.19/client-server-api/#room-membership).
@RestController
class JoinedRoomsController {
    private static final Position NEWEST = new Position(Long.MAX_VALUE);

    private final UserRooms rooms;

    JoinedRoomsController(UserRooms rooms) {
        this.rooms = rooms;
    }

    /// `GET /_matrix/client/v3/joined_rooms`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3joined_rooms))
    @SpecEndpoint(operationId = "getJoinedRooms", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping({"/_matrix/client/v3/joined_rooms", "/_matrix/client/r0/joined_rooms"})
    JoinedRoomsResponse getJoinedRooms(Requester requester) {
        return new JoinedRoomsResponse(
                rooms.at(requester.userNid(), NEWEST).stream()
                        .filter(room -> room.membership() == Membership.JOIN)
                        .map(RoomMembership::roomId)
                        .toList());
    }

    record JoinedRoomsResponse(List<RoomId> joinedRooms) {}
}
