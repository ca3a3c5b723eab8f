package dev.lares.client.publicrooms;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;
import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;
import static dev.lares.core.web.SpecEndpoint.Access.NONE;
import static dev.lares.core.web.SpecEndpoint.Access.OPTIONAL;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.ServerName;
import dev.lares.core.publicrooms.PublishedRooms;
import dev.lares.core.web.EmptyResponse;
import dev.lares.core.web.RequestDomain;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// [Published room
/// directory](https://spec.matrix.org/v1.19/client-server-api/#published-room-directory).
@RestController
class PublicRoomsController {
    private final PublicRoomsService publicRooms;
    private final PublishedRooms published;

    PublicRoomsController(PublicRoomsService publicRooms, PublishedRooms published) {
        this.publicRooms = publicRooms;
        this.published = published;
    }

    /// `GET /_matrix/client/v3/directory/list/room/{roomId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3directorylistroomroomid)):
    /// in the directory of the domain that is asked.
    @SpecEndpoint(operationId = "getRoomVisibilityOnDirectory", auth = NONE, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/directory/list/room/{roomId}",
        "/_matrix/client/r0/directory/list/room/{roomId}"
    })
    VisibilityResponse getRoomVisibilityOnDirectory(
            RequestDomain domain, @PathVariable RoomId roomId) {
        return new VisibilityResponse(
                switch (published.visibility(domain.name(), roomId)) {
                    case PUBLIC -> Visibility.PUBLIC;
                    case PRIVATE -> Visibility.PRIVATE;
                });
    }

    /// `PUT /_matrix/client/v3/directory/list/room/{roomId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3directorylistroomroomid)):
    /// by who may name the room's canonical alias, and server administrators, in the directory of
    /// their own domain.
    @SpecEndpoint(
            operationId = "setRoomVisibilityOnDirectory",
            auth = ACCESS_TOKEN,
            rateLimited = false,
            suspendedAllowed = false)
    @PutMapping({
        "/_matrix/client/v3/directory/list/room/{roomId}",
        "/_matrix/client/r0/directory/list/room/{roomId}"
    })
    EmptyResponse setRoomVisibilityOnDirectory(
            Requester requester,
            @PathVariable RoomId roomId,
            @Valid @RequestBody VisibilityRequest request) {
        published.set(
                requester,
                roomId,
                switch (request.visibility().orElse(Visibility.PUBLIC)) {
                    case PUBLIC -> PublishedRooms.Visibility.PUBLIC;
                    case PRIVATE -> PublishedRooms.Visibility.PRIVATE;
                });
        return EmptyResponse.INSTANCE;
    }

    /// `GET /_matrix/client/v3/publicRooms`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3publicrooms)): at
    /// most 100 rooms a page, those with the most members first. For who is logged in, guests
    /// included; for anybody with `lares.public-rooms.without-login`.
    @SpecEndpoint(operationId = "getPublicRooms", auth = OPTIONAL, rateLimited = false)
    @GetMapping({"/_matrix/client/v3/publicRooms", "/_matrix/client/r0/publicRooms"})
    PublicRoomsResponse getPublicRooms(
            Optional<Requester> requester,
            RequestDomain domain,
            @RequestParam Optional<Integer> limit,
            @RequestParam Optional<String> since,
            @RequestParam Optional<ServerName> server) {
        var asked =
                new PublicRoomsService.Request(
                        server, since, limit, Optional.empty(), Optional.empty());
        return publicRooms.list(requester, domain.name(), asked);
    }

    /// `POST /_matrix/client/v3/publicRooms`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3publicrooms)):
    /// the same with a filter. There are no networks of application services, so that all of them
    /// together are empty.
    @SpecEndpoint(operationId = "queryPublicRooms", auth = GUEST_TOKEN, rateLimited = false)
    @PostMapping({"/_matrix/client/v3/publicRooms", "/_matrix/client/r0/publicRooms"})
    PublicRoomsResponse queryPublicRooms(
            Requester requester,
            @RequestParam Optional<ServerName> server,
            @Valid @RequestBody PublicRoomsRequest request) {
        var network =
                request.includeAllNetworks().orElse(false)
                        ? Optional.<String>empty()
                        : request.thirdPartyInstanceId();
        var asked =
                new PublicRoomsService.Request(
                        server, request.since(), request.limit(), network, request.filter());
        return publicRooms.list(Optional.of(requester), requester.domain(), asked);
    }

    /// Whether the directory shows a room.
    enum Visibility {
        @JsonProperty("public")
        PUBLIC,
        @JsonProperty("private")
        PRIVATE
    }

    record VisibilityRequest(Optional<Visibility> visibility) {}

    record VisibilityResponse(Visibility visibility) {}

    record PublicRoomsRequest(
            Optional<Integer> limit,
            Optional<String> since,
            Optional<@Valid Filter> filter,
            Optional<Boolean> includeAllNetworks,
            Optional<String> thirdPartyInstanceId) {}

    /// @param roomTypes null in it stands for rooms without a type
    record Filter(
            Optional<String> genericSearchTerm,
            Optional<@Size(max = ROOM_TYPES_MAX) List<@Nullable String>> roomTypes) {
        static final int ROOM_TYPES_MAX = 100;
    }

    record PublicRoomsResponse(
            List<PublicRoom> chunk,
            Optional<String> nextBatch,
            Optional<String> prevBatch,
            int totalRoomCountEstimate) {}

    record PublicRoom(
            RoomId roomId,
            Optional<String> name,
            Optional<String> topic,
            Optional<String> canonicalAlias,
            Optional<String> avatarUrl,
            int numJoinedMembers,
            boolean worldReadable,
            boolean guestCanJoin,
            String joinRule,
            Optional<String> roomType) {}
}
