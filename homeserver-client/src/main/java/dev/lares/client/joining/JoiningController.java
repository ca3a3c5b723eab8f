package dev.lares.client.joining;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;
import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;

import dev.lares.core.alias.AliasService;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.RoomIdOrAlias;
import dev.lares.core.id.ServerName;
import dev.lares.core.participation.JoiningService;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// [Joining rooms](https://spec.matrix.org/v1.19/client-server-api/#joining-rooms) and
/// [knocking](https://spec.matrix.org/v1.19/client-server-api/#knocking-on-rooms). The servers
/// named by `via` (formerly `server_name`) are checked and not asked: this server does not
/// federate.
@RestController
class JoiningController {
    private final JoiningService joining;
    private final AliasService aliases;

    JoiningController(JoiningService joining, AliasService aliases) {
        this.joining = joining;
        this.aliases = aliases;
    }

    /// `POST /_matrix/client/v3/rooms/{roomId}/join`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidjoin))
    @SpecEndpoint(
            operationId = "joinRoomById",
            auth = GUEST_TOKEN,
            rateLimited = true,
            suspendedAllowed = false)
    @PostMapping({
        "/_matrix/client/v3/rooms/{roomId}/join",
        "/_matrix/client/r0/rooms/{roomId}/join"
    })
    RoomIdResponse joinRoomById(
            Requester requester,
            @PathVariable RoomId roomId,
            @Valid @RequestBody(required = false) ReasonRequest request) {
        joining.join(requester, roomId, request.reason());
        return new RoomIdResponse(roomId);
    }

    /// `POST /_matrix/client/v3/join/{roomIdOrAlias}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3joinroomidoralias))
    @SpecEndpoint(
            operationId = "joinRoom",
            auth = GUEST_TOKEN,
            rateLimited = true,
            suspendedAllowed = false)
    @PostMapping({
        "/_matrix/client/v3/join/{roomIdOrAlias}",
        "/_matrix/client/r0/join/{roomIdOrAlias}"
    })
    RoomIdResponse joinRoom(
            Requester requester,
            @PathVariable RoomIdOrAlias roomIdOrAlias,
            @RequestParam(required = false) Optional<List<ServerName>> via,
            @RequestParam(name = "server_name", required = false)
                    Optional<List<ServerName>> serverName,
            @Valid @RequestBody(required = false) ReasonRequest request) {
        var roomId = aliases.resolve(roomIdOrAlias);
        joining.join(requester, roomId, request.reason());
        return new RoomIdResponse(roomId);
    }

    /// `POST /_matrix/client/v3/knock/{roomIdOrAlias}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3knockroomidoralias))
    @SpecEndpoint(
            operationId = "knockRoom",
            auth = ACCESS_TOKEN,
            rateLimited = true,
            suspendedAllowed = false)
    @PostMapping({
        "/_matrix/client/v3/knock/{roomIdOrAlias}",
        "/_matrix/client/r0/knock/{roomIdOrAlias}"
    })
    RoomIdResponse knockRoom(
            Requester requester,
            @PathVariable RoomIdOrAlias roomIdOrAlias,
            @RequestParam(required = false) Optional<List<ServerName>> via,
            @RequestParam(name = "server_name", required = false)
                    Optional<List<ServerName>> serverName,
            @Valid @RequestBody(required = false) ReasonRequest request) {
        var roomId = aliases.resolve(roomIdOrAlias);
        joining.knock(requester, roomId, request.reason());
        return new RoomIdResponse(roomId);
    }

    record ReasonRequest(Optional<String> reason) {}

    record RoomIdResponse(RoomId roomId) {}
}
