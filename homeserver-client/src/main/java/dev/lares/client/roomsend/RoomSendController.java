package dev.lares.client.roomsend;

import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;

import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.sending.SendingService;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// [Sending events to a
/// room](https://spec.matrix.org/v1.19/client-server-api/#sending-events-to-a-room).
@RestController
class RoomSendController {
    private final SendingService sending;

    RoomSendController(SendingService sending) {
        this.sending = sending;
    }

    /// `PUT /_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid)):
    /// a repeated request gets the first one's answer.
    @SpecEndpoint(operationId = "sendMessage", auth = GUEST_TOKEN, rateLimited = false)
    @PutMapping({
        "/_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}",
        "/_matrix/client/r0/rooms/{roomId}/send/{eventType}/{txnId}"
    })
    EventIdResponse sendMessage(
            Requester requester,
            @PathVariable RoomId roomId,
            @PathVariable String eventType,
            @PathVariable String txnId,
            @RequestBody ObjectNode content) {
        return new EventIdResponse(sending.send(requester, roomId, eventType, content, txnId));
    }

    record EventIdResponse(EventId eventId) {}
}
