package dev.lares.client.roomstate;

import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;

import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// [Sending events to a
/// room](https://spec.matrix.org/v1.19/client-server-api/#sending-events-to-a-room): state events.
@RestController
class RoomStateController {
    private final RoomStateService states;

    RoomStateController(RoomStateService states) {
        this.states = states;
    }

    /// `PUT /_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidstateeventtypestatekey)):
    /// the same content again from the same user sends nothing and gives the ID of what stands
    /// there.
    @SpecEndpoint(
            operationId = "setRoomStateWithKey",
            auth = GUEST_TOKEN,
            rateLimited = false,
            suspendedAllowed = false)
    @PutMapping({
        "/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}",
        "/_matrix/client/r0/rooms/{roomId}/state/{eventType}/{stateKey}"
    })
    EventIdResponse setRoomStateWithKey(
            Requester requester,
            @PathVariable RoomId roomId,
            @PathVariable String eventType,
            @PathVariable String stateKey,
            @RequestBody ObjectNode content) {
        return new EventIdResponse(states.put(requester, roomId, eventType, stateKey, content));
    }

    /// `PUT /_matrix/client/v3/rooms/{roomId}/state/{eventType}`, where the state key is empty
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidstateeventtypestatekey))
    @SpecEndpoint(
            operationId = "setRoomStateWithKey",
            auth = GUEST_TOKEN,
            rateLimited = false,
            suspendedAllowed = false)
    @PutMapping({
        "/_matrix/client/v3/rooms/{roomId}/state/{eventType}",
        "/_matrix/client/r0/rooms/{roomId}/state/{eventType}"
    })
    EventIdResponse setRoomState(
            Requester requester,
            @PathVariable RoomId roomId,
            @PathVariable String eventType,
            @RequestBody ObjectNode content) {
        return new EventIdResponse(states.put(requester, roomId, eventType, "", content));
    }

    record EventIdResponse(EventId eventId) {}
}
