package dev.lares.client.directory;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;
import static dev.lares.core.web.SpecEndpoint.Access.NONE;

import dev.lares.core.alias.AliasService;
import dev.lares.core.id.RoomAlias;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.ServerName;
import dev.lares.core.web.EmptyResponse;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// [Room aliases](https://spec.matrix.org/v1.19/client-server-api/#room-aliases).
@RestController
class DirectoryController {
    private final AliasService aliases;

    DirectoryController(AliasService aliases) {
        this.aliases = aliases;
    }

    /// `PUT /_matrix/client/v3/directory/room/{roomAlias}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3directoryroomroomalias)):
    /// on the user's own domain, for rooms that the user is in.
    @SpecEndpoint(
            operationId = "setRoomAlias",
            auth = ACCESS_TOKEN,
            rateLimited = false,
            suspendedAllowed = false)
    @PutMapping({
        "/_matrix/client/v3/directory/room/{roomAlias}",
        "/_matrix/client/r0/directory/room/{roomAlias}"
    })
    EmptyResponse setRoomAlias(
            Requester requester,
            @PathVariable RoomAlias roomAlias,
            @Valid @RequestBody SetAliasRequest request) {
        aliases.create(requester, roomAlias, request.roomId());
        return EmptyResponse.INSTANCE;
    }

    /// `GET /_matrix/client/v3/directory/room/{roomAlias}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3directoryroomroomalias))
    @SpecEndpoint(operationId = "getRoomIdByAlias", auth = NONE, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/directory/room/{roomAlias}",
        "/_matrix/client/r0/directory/room/{roomAlias}"
    })
    AliasResponse getRoomIdByAlias(@PathVariable RoomAlias roomAlias) {
        var roomId = aliases.resolve(roomAlias);
        return new AliasResponse(roomId, List.of(roomAlias.serverName()));
    }

    /// `DELETE /_matrix/client/v3/directory/room/{roomAlias}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#delete_matrixclientv3directoryroomroomalias)):
    /// by its maker, server administrators, and who may name the room's canonical alias.
    @SpecEndpoint(
            operationId = "deleteRoomAlias",
            auth = ACCESS_TOKEN,
            rateLimited = false,
            suspendedAllowed = false)
    @DeleteMapping({
        "/_matrix/client/v3/directory/room/{roomAlias}",
        "/_matrix/client/r0/directory/room/{roomAlias}"
    })
    EmptyResponse deleteRoomAlias(Requester requester, @PathVariable RoomAlias roomAlias) {
        aliases.delete(requester, roomAlias);
        return EmptyResponse.INSTANCE;
    }

    /// `GET /_matrix/client/v3/rooms/{roomId}/aliases`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidaliases)):
    /// for members, and for everybody where the room is readable for the world.
    @SpecEndpoint(operationId = "getLocalAliases", auth = ACCESS_TOKEN, rateLimited = true)
    @GetMapping({
        "/_matrix/client/v3/rooms/{roomId}/aliases",
        "/_matrix/client/r0/rooms/{roomId}/aliases"
    })
    AliasesResponse getLocalAliases(Requester requester, @PathVariable RoomId roomId) {
        return new AliasesResponse(aliases.findLocal(requester, roomId));
    }

    record SetAliasRequest(@NotNull RoomId roomId) {}

    record AliasResponse(RoomId roomId, List<ServerName> servers) {}

    record AliasesResponse(List<RoomAlias> aliases) {}
}
