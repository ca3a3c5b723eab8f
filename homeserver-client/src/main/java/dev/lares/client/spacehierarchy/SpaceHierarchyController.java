package dev.lares.client.spacehierarchy;

import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.lares.client.roomsummary.RoomSummaryBody;
import dev.lares.core.id.RoomId;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// [Discovering rooms within
/// spaces](https://spec.matrix.org/v1.19/client-server-api/#discovering-rooms-within-spaces). Rooms
/// that only other servers know are left out: this server does not federate.
@RestController
class SpaceHierarchyController {
    private final SpaceHierarchyService hierarchies;

    SpaceHierarchyController(SpaceHierarchyService hierarchies) {
        this.hierarchies = hierarchies;
    }

    /// `GET /_matrix/client/v1/rooms/{roomId}/hierarchy`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidhierarchy)):
    /// at most 50 rooms a page, down to a depth of 100; a page may have fewer rooms than asked for
    /// and still name the next one. `M_FORBIDDEN` where the user may not see the space.
    @SpecEndpoint(operationId = "getSpaceHierarchy", auth = GUEST_TOKEN, rateLimited = true)
    @GetMapping("/_matrix/client/v1/rooms/{roomId}/hierarchy")
    HierarchyResponse getSpaceHierarchy(
            Requester requester,
            @PathVariable RoomId roomId,
            @RequestParam(name = "suggested_only", defaultValue = "false") boolean suggestedOnly,
            @RequestParam Optional<Integer> limit,
            @RequestParam(name = "max_depth") Optional<Integer> maxDepth,
            @RequestParam Optional<String> from) {
        return hierarchies.page(
                requester,
                roomId,
                new SpaceHierarchyService.Request(suggestedOnly, limit, maxDepth, from));
    }

    /// `GET /_matrix/client/unstable/org.matrix.msc2946/rooms/{roomId}/hierarchy`, the same.
    @SpecEndpoint(
            operationId = "getSpaceHierarchyUnstable",
            auth = GUEST_TOKEN,
            rateLimited = true,
            msc = "MSC2946")
    @GetMapping("/_matrix/client/unstable/org.matrix.msc2946/rooms/{roomId}/hierarchy")
    HierarchyResponse getSpaceHierarchyUnstable(
            Requester requester,
            @PathVariable RoomId roomId,
            @RequestParam(name = "suggested_only", defaultValue = "false") boolean suggestedOnly,
            @RequestParam Optional<Integer> limit,
            @RequestParam(name = "max_depth") Optional<Integer> maxDepth,
            @RequestParam Optional<String> from) {
        return getSpaceHierarchy(requester, roomId, suggestedOnly, limit, maxDepth, from);
    }

    record HierarchyResponse(List<HierarchyRoom> rooms, Optional<String> nextBatch) {}

    record HierarchyRoom(@JsonUnwrapped RoomSummaryBody room, List<SpaceChild> childrenState) {}
}
