package dev.lares.client.rooms;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;
import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;

import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// [Getting events for a
/// room](https://spec.matrix.org/v1.19/client-server-api/#getting-events-for-a-room).
@RestController
class RoomsController {
    private final EventLookupService events;
    private final StateLookupService states;
    private final MemberLookupService members;

    RoomsController(
            EventLookupService events, StateLookupService states, MemberLookupService members) {
        this.events = events;
        this.states = states;
        this.members = members;
    }

    /// `GET /_matrix/client/v3/rooms/{roomId}/event/{eventId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomideventeventid)):
    /// `M_NOT_FOUND` also for what the user may not see.
    @SpecEndpoint(operationId = "getOneRoomEvent", auth = GUEST_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/rooms/{roomId}/event/{eventId}",
        "/_matrix/client/r0/rooms/{roomId}/event/{eventId}"
    })
    ObjectNode getOneRoomEvent(
            Requester requester, @PathVariable RoomId roomId, @PathVariable EventId eventId) {
        return events.get(requester, roomId, eventId);
    }

    /// `GET /_matrix/client/v3/rooms/{roomId}/state`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidstate)):
    /// for those who left, the state as it was then.
    @SpecEndpoint(operationId = "getRoomState", auth = GUEST_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/rooms/{roomId}/state",
        "/_matrix/client/r0/rooms/{roomId}/state"
    })
    List<ObjectNode> getRoomState(Requester requester, @PathVariable RoomId roomId) {
        return states.findAll(requester, roomId);
    }

    /// `GET /_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidstateeventtypestatekey))
    @SpecEndpoint(operationId = "getRoomStateWithKey", auth = GUEST_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}",
        "/_matrix/client/r0/rooms/{roomId}/state/{eventType}/{stateKey}"
    })
    ObjectNode getRoomStateWithKey(
            Requester requester,
            @PathVariable RoomId roomId,
            @PathVariable String eventType,
            @PathVariable String stateKey,
            @RequestParam(defaultValue = "content") String format) {
        return states.get(requester, roomId, eventType, stateKey, StateFormat.get(format));
    }

    /// `GET /_matrix/client/v3/rooms/{roomId}/state/{eventType}`, where the state key is empty
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidstateeventtypestatekey))
    @SpecEndpoint(operationId = "getRoomStateWithKey", auth = GUEST_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/rooms/{roomId}/state/{eventType}",
        "/_matrix/client/r0/rooms/{roomId}/state/{eventType}"
    })
    ObjectNode getRoomStateWithoutKey(
            Requester requester,
            @PathVariable RoomId roomId,
            @PathVariable String eventType,
            @RequestParam(defaultValue = "content") String format) {
        return states.get(requester, roomId, eventType, "", StateFormat.get(format));
    }

    /// `GET /_matrix/client/v3/rooms/{roomId}/members`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidmembers)):
    /// for those who left, the members as they were then.
    @SpecEndpoint(operationId = "getMembersByRoom", auth = GUEST_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/rooms/{roomId}/members",
        "/_matrix/client/r0/rooms/{roomId}/members"
    })
    MembersResponse getMembersByRoom(
            Requester requester,
            @PathVariable RoomId roomId,
            @RequestParam Optional<String> at,
            @RequestParam Optional<String> membership,
            @RequestParam(name = "not_membership") Optional<String> notMembership) {
        return new MembersResponse(
                members.findAll(
                        requester, roomId, at, MembershipFilter.of(membership, notMembership)));
    }

    /// `GET /_matrix/client/v3/rooms/{roomId}/joined_members`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidjoined_members)):
    /// for members only.
    @SpecEndpoint(operationId = "getJoinedMembersByRoom", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/rooms/{roomId}/joined_members",
        "/_matrix/client/r0/rooms/{roomId}/joined_members"
    })
    JoinedMembersResponse getJoinedMembersByRoom(Requester requester, @PathVariable RoomId roomId) {
        return new JoinedMembersResponse(members.findJoined(requester, roomId));
    }

    record MembersResponse(List<ObjectNode> chunk) {}

    record JoinedMembersResponse(Map<String, RoomMember> joined) {}

    record RoomMember(Optional<String> displayName, Optional<String> avatarUrl) {}
}
