package dev.lares.client.inviting;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.participation.InvitingService;
import dev.lares.core.web.EmptyResponse;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import java.util.Optional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

///
/// [Inviting](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidinvite).
@RestController
class InvitingController {
    private final InvitingService inviting;

    InvitingController(InvitingService inviting) {
        this.inviting = inviting;
    }

    /// `POST /_matrix/client/v3/rooms/{roomId}/invite`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidinvite)):
    /// Matrix users only; `M_FORBIDDEN` for third-party IDs, since this server has no identity
    /// server.
    @SpecEndpoint(
            operationId = "inviteUser",
            auth = ACCESS_TOKEN,
            rateLimited = true,
            suspendedAllowed = false)
    @PostMapping({
        "/_matrix/client/v3/rooms/{roomId}/invite",
        "/_matrix/client/r0/rooms/{roomId}/invite"
    })
    EmptyResponse inviteUser(
            Requester requester,
            @PathVariable RoomId roomId,
            @Valid @RequestBody InviteRequest request) {
        inviting.invite(requester, roomId, request.invitee(), request.reason());
        return EmptyResponse.INSTANCE;
    }

    /// @param medium of a third-party ID, which this path takes as well
    record InviteRequest(
            Optional<UserId> userId, Optional<String> reason, Optional<String> medium) {
        UserId invitee() {
            return userId.orElseThrow(() ->
                    medium.isPresent()
                            ? new MatrixException(
                                    ErrorCode.M_FORBIDDEN,
                                    "This server has no identity server, so it invites Matrix"
                                            + " users only")
                            : new MatrixException(ErrorCode.M_BAD_JSON, "user_id has to be there"));
        }
    }
}
