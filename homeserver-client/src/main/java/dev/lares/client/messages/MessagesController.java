package dev.lares.client.messages;

import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;

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

/// [Getting events for a
/// room](https://spec.matrix.org/v1.19/client-server-api/#getting-events-for-a-room): pages.
@RestController
class MessagesController {
    private final MessagesService messages;

    MessagesController(MessagesService messages) {
        this.messages = messages;
    }

    /// `GET /_matrix/client/v3/rooms/{roomId}/messages`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidmessages)):
    /// at most 1,000 events a page; fewer come with an `end` to go on from.
    @SpecEndpoint(operationId = "getRoomEvents", auth = GUEST_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/rooms/{roomId}/messages",
        "/_matrix/client/r0/rooms/{roomId}/messages"
    })
    MessagesResponse getRoomEvents(
            Requester requester,
            @PathVariable RoomId roomId,
            @RequestParam String dir,
            @RequestParam Optional<String> from,
            @RequestParam Optional<String> to,
            @RequestParam(defaultValue = "10") int limit,
            @RequestParam Optional<String> filter) {
        return messages.read(
                requester, roomId, new MessagesService.Request(dir, from, to, limit, filter));
    }

    record MessagesResponse(
            String start,
            Optional<String> end,
            List<ObjectNode> chunk,
            Optional<List<ObjectNode>> state) {}
}
