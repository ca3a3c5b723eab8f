package dev.lares.client.kicking;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.participation.LeavingService;
import dev.lares.core.web.EmptyResponse;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// [Kicking](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidkick).
@RestController
class KickingController {
    private final LeavingService leaving;

    KickingController(LeavingService leaving) {
        this.leaving = leaving;
    }

    /// `POST /_matrix/client/v3/rooms/{roomId}/kick`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidkick))
    @SpecEndpoint(
            operationId = "kick",
            auth = ACCESS_TOKEN,
            rateLimited = false,
            suspendedAllowed = false)
    @PostMapping({
        "/_matrix/client/v3/rooms/{roomId}/kick",
        "/_matrix/client/r0/rooms/{roomId}/kick"
    })
    EmptyResponse kick(
            Requester requester,
            @PathVariable RoomId roomId,
            @Valid @RequestBody KickRequest request) {
        leaving.kick(requester, roomId, request.userId(), request.reason());
        return EmptyResponse.INSTANCE;
    }

    record KickRequest(@NotNull UserId userId, Optional<String> reason) {}
}
