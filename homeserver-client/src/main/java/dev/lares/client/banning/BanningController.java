package dev.lares.client.banning;

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

/// [Banning users in a
/// room](https://spec.matrix.org/v1.19/client-server-api/#banning-users-in-a-room).
@RestController
class BanningController {
    private final LeavingService leaving;

    BanningController(LeavingService leaving) {
        this.leaving = leaving;
    }

    /// `POST /_matrix/client/v3/rooms/{roomId}/ban`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidban))
    @SpecEndpoint(
            operationId = "ban",
            auth = ACCESS_TOKEN,
            rateLimited = false,
            suspendedAllowed = false)
    @PostMapping({"/_matrix/client/v3/rooms/{roomId}/ban", "/_matrix/client/r0/rooms/{roomId}/ban"})
    EmptyResponse ban(
            Requester requester,
            @PathVariable RoomId roomId,
            @Valid @RequestBody BanRequest request) {
        leaving.ban(requester, roomId, request.userId(), request.reason());
        return EmptyResponse.INSTANCE;
    }

    /// `POST /_matrix/client/v3/rooms/{roomId}/unban`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidunban))
    @SpecEndpoint(
            operationId = "unban",
            auth = ACCESS_TOKEN,
            rateLimited = false,
            suspendedAllowed = false)
    @PostMapping({
        "/_matrix/client/v3/rooms/{roomId}/unban",
        "/_matrix/client/r0/rooms/{roomId}/unban"
    })
    EmptyResponse unban(
            Requester requester,
            @PathVariable RoomId roomId,
            @Valid @RequestBody BanRequest request) {
        leaving.unban(requester, roomId, request.userId(), request.reason());
        return EmptyResponse.INSTANCE;
    }

    record BanRequest(@NotNull UserId userId, Optional<String> reason) {}
}
