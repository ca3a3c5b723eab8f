package dev.lares.client.createroom;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import dev.lares.core.id.RoomId;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// [Creation](https://spec.matrix.org/v1.19/client-server-api/#creation).
@RestController
class CreateRoomController {
    private final RoomCreationService rooms;

    CreateRoomController(RoomCreationService rooms) {
        this.rooms = rooms;
    }

    /// `POST /_matrix/client/v3/createRoom`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom)): at
    /// most 100 invitations and 100 events of initial state.
    @SpecEndpoint(
            operationId = "createRoom",
            auth = ACCESS_TOKEN,
            rateLimited = false,
            suspendedAllowed = false)
    @PostMapping({"/_matrix/client/v3/createRoom", "/_matrix/client/r0/createRoom"})
    CreateRoomResponse createRoom(
            Requester requester, @Valid @RequestBody CreateRoomRequest request) {
        return new CreateRoomResponse(rooms.create(requester, request));
    }

    record CreateRoomResponse(RoomId roomId) {}
}
