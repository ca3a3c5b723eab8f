package dev.lares.client.redaction;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.sending.SendingService;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import java.util.Optional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;

/// [Redactions](https://spec.matrix.org/v1.19/client-server-api/#redactions).
@RestController
class RedactionController {
    private final SendingService sending;

    RedactionController(SendingService sending) {
        this.sending = sending;
    }

    /// `PUT /_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidredacteventidtxnid)):
    /// users redact their own events, and those of others with the power to; a repeated request
    /// gets the first one's answer.
    @SpecEndpoint(operationId = "redactEvent", auth = ACCESS_TOKEN, rateLimited = false)
    @PutMapping({
        "/_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}",
        "/_matrix/client/r0/rooms/{roomId}/redact/{eventId}/{txnId}"
    })
    EventIdResponse redactEvent(
            Requester requester,
            @PathVariable RoomId roomId,
            @PathVariable EventId eventId,
            @PathVariable String txnId,
            @Valid @RequestBody(required = false) RedactRequest request) {
        var content = JsonNodeFactory.instance.objectNode();
        request.reason().ifPresent(reason -> content.put("reason", reason));
        return new EventIdResponse(sending.redact(requester, roomId, eventId, content, txnId));
    }

    record RedactRequest(Optional<String> reason) {}

    record EventIdResponse(EventId eventId) {}
}
