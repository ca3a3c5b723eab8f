package dev.lares.client.leaving;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;
import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;

import dev.lares.core.id.RoomId;
import dev.lares.core.participation.LeavingService;
import dev.lares.core.web.EmptyResponse;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import java.util.Optional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// [Leaving rooms](https://spec.matrix.org/v1.19/client-server-api/#leaving-rooms).
@RestController
class LeavingController {
    private final LeavingService leaving;

    LeavingController(LeavingService leaving) {
        this.leaving = leaving;
    }

    /// `POST /_matrix/client/v3/rooms/{roomId}/leave`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidleave))
    @SpecEndpoint(operationId = "leaveRoom", auth = GUEST_TOKEN, rateLimited = true)
    @PostMapping({
        "/_matrix/client/v3/rooms/{roomId}/leave",
        "/_matrix/client/r0/rooms/{roomId}/leave"
    })
    EmptyResponse leaveRoom(
            Requester requester,
            @PathVariable RoomId roomId,
            @Valid @RequestBody(required = false) LeaveRequest request) {
        leaving.leave(requester, roomId, request.reason());
        return EmptyResponse.INSTANCE;
    }

    /// `POST /_matrix/client/v3/rooms/{roomId}/forget`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidforget))
    @SpecEndpoint(operationId = "forgetRoom", auth = ACCESS_TOKEN, rateLimited = true)
    @PostMapping({
        "/_matrix/client/v3/rooms/{roomId}/forget",
        "/_matrix/client/r0/rooms/{roomId}/forget"
    })
    EmptyResponse forgetRoom(
            Requester requester,
            @PathVariable RoomId roomId,
            @RequestBody(required = false) ObjectNode ignored) {
        leaving.forget(requester, roomId);
        return EmptyResponse.INSTANCE;
    }

    record LeaveRequest(Optional<String> reason) {}
}
