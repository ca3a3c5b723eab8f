package dev.lares.client.eventcontext;

import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;

import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// [Event context](https://spec.matrix.org/v1.19/client-server-api/#event-context).
@RestController
class EventContextController {
    private final EventContextService contexts;

    EventContextController(EventContextService contexts) {
        this.contexts = contexts;
    }

    /// `GET /_matrix/client/v3/rooms/{roomId}/context/{eventId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidcontexteventid)):
    /// at most 1,000 events beside the one asked for. `M_NOT_FOUND` also for an event that the user
    /// may not see.
    @SpecEndpoint(operationId = "getEventContext", auth = GUEST_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/rooms/{roomId}/context/{eventId}",
        "/_matrix/client/r0/rooms/{roomId}/context/{eventId}"
    })
    EventContextResponse getEventContext(
            Requester requester,
            @PathVariable RoomId roomId,
            @PathVariable EventId eventId,
            @RequestParam(defaultValue = "10") int limit,
            @RequestParam Optional<String> filter) {
        return contexts.read(requester, roomId, eventId, limit, filter);
    }

    record EventContextResponse(
            String start,
            String end,
            List<ObjectNode> eventsBefore,
            ObjectNode event,
            List<ObjectNode> eventsAfter,
            List<ObjectNode> state) {}
}
