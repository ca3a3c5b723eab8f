package dev.lares.client.relations;

import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;

import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.json.RawJson;
import dev.lares.core.relations.RelationFilter;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The [relationships API](https://spec.matrix.org/v1.19/client-server-api/#relationships-api):
/// pages of at most 100 events, without those that are redacted, that the user may not see, or
/// whose senders they ignore. Events that say that they relate to the parent are there, whether
/// clients are to follow what they say or not, as an edit of somebody else's message. `M_NOT_FOUND`
/// for a parent that is not there, or that the user may not see.
@RestController
class RelationsController {
    private final RelationsService relations;

    RelationsController(RelationsService relations) {
        this.relations = relations;
    }

    /// `GET /_matrix/client/v1/rooms/{roomId}/relations/{eventId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidrelationseventid)):
    /// with `recurse`, three levels of relations.
    @SpecEndpoint(operationId = "getRelatingEvents", auth = GUEST_TOKEN, rateLimited = false)
    @GetMapping("/_matrix/client/v1/rooms/{roomId}/relations/{eventId}")
    RelationsResponse getRelatingEvents(
            Requester requester,
            @PathVariable RoomId roomId,
            @PathVariable EventId eventId,
            @RequestParam(defaultValue = "b") String dir,
            @RequestParam Optional<String> from,
            @RequestParam Optional<String> to,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam Optional<Boolean> recurse) {
        var page = new RelationsService.Request(dir, from, to, limit, recurse);
        return relations.read(requester, roomId, eventId, RelationFilter.ALL, page);
    }

    /// `GET /_matrix/client/v1/rooms/{roomId}/relations/{eventId}/{relType}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidrelationseventidreltype))
    @SpecEndpoint(
            operationId = "getRelatingEventsWithRelType",
            auth = GUEST_TOKEN,
            rateLimited = false)
    @GetMapping("/_matrix/client/v1/rooms/{roomId}/relations/{eventId}/{relType}")
    RelationsResponse getRelatingEventsWithRelType(
            Requester requester,
            @PathVariable RoomId roomId,
            @PathVariable EventId eventId,
            @PathVariable String relType,
            @RequestParam(defaultValue = "b") String dir,
            @RequestParam Optional<String> from,
            @RequestParam Optional<String> to,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam Optional<Boolean> recurse) {
        var page = new RelationsService.Request(dir, from, to, limit, recurse);
        var filter = new RelationFilter(Optional.of(relType), Optional.empty());
        return relations.read(requester, roomId, eventId, filter, page);
    }

    /// `GET /_matrix/client/v1/rooms/{roomId}/relations/{eventId}/{relType}/{eventType}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidrelationseventidreltypeeventtype))
    @SpecEndpoint(
            operationId = "getRelatingEventsWithRelTypeAndEventType",
            auth = GUEST_TOKEN,
            rateLimited = false)
    @GetMapping("/_matrix/client/v1/rooms/{roomId}/relations/{eventId}/{relType}/{eventType}")
    RelationsResponse getRelatingEventsWithRelTypeAndEventType(
            Requester requester,
            @PathVariable RoomId roomId,
            @PathVariable EventId eventId,
            @PathVariable String relType,
            @PathVariable String eventType,
            @RequestParam(defaultValue = "b") String dir,
            @RequestParam Optional<String> from,
            @RequestParam Optional<String> to,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam Optional<Boolean> recurse) {
        var page = new RelationsService.Request(dir, from, to, limit, recurse);
        var filter = new RelationFilter(Optional.of(relType), Optional.of(eventType));
        return relations.read(requester, roomId, eventId, filter, page);
    }

    /// The paths of [MSC2675](https://github.com/matrix-org/matrix-spec-proposals/pull/2675), as
    /// the operations above.
    @SpecEndpoint(
            operationId = "getRelatingEvents",
            auth = GUEST_TOKEN,
            rateLimited = false,
            msc = "MSC2675")
    @GetMapping({
        "/_matrix/client/unstable/rooms/{roomId}/relations/{eventId}",
        "/_matrix/client/unstable/rooms/{roomId}/relations/{eventId}/{relType}",
        "/_matrix/client/unstable/rooms/{roomId}/relations/{eventId}/{relType}/{eventType}"
    })
    RelationsResponse getRelatingEventsUnstable(
            Requester requester,
            @PathVariable RoomId roomId,
            @PathVariable EventId eventId,
            @PathVariable(required = false) Optional<String> relType,
            @PathVariable(required = false) Optional<String> eventType,
            @RequestParam(defaultValue = "b") String dir,
            @RequestParam Optional<String> from,
            @RequestParam Optional<String> to,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam Optional<Boolean> recurse) {
        var page = new RelationsService.Request(dir, from, to, limit, recurse);
        var filter = new RelationFilter(relType, eventType);
        return relations.read(requester, roomId, eventId, filter, page);
    }

    /// @param recursionDepth where the request says `recurse`
    record RelationsResponse(
            List<RawJson> chunk,
            Optional<String> nextBatch,
            Optional<String> prevBatch,
            Optional<Integer> recursionDepth) {}
}
