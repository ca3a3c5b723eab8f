package dev.lares.client.accountdata;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import dev.lares.core.accountdata.AccountDataService;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.membership.UserRooms;
import dev.lares.core.push.PushRuleset;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.web.EmptyResponse;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import dev.lares.core.web.body.LaxNumbers;
import java.util.Set;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// [Client config](https://spec.matrix.org/v1.19/client-server-api/#client-config). Only the user
/// themselves may read or write it.
@RestController
class AccountDataController {
    private static final String PUSH_RULES = "m.push_rules";

    /// What the server keeps itself ([server
    /// behaviour](https://spec.matrix.org/v1.19/client-server-api/#server-behaviour-9)).
    private static final Set<String> SERVER_CONTROLLED = Set.of("m.fully_read", PUSH_RULES);

    private final AccountDataService accountData;
    private final RoomRefs rooms;
    private final UserRooms memberships;

    AccountDataController(AccountDataService accountData, RoomRefs rooms, UserRooms memberships) {
        this.accountData = accountData;
        this.rooms = rooms;
        this.memberships = memberships;
    }

    /// `PUT /_matrix/client/v3/user/{userId}/account_data/{type}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3useruseridaccount_datatype))
    @SpecEndpoint(operationId = "setAccountData", auth = ACCESS_TOKEN, rateLimited = false)
    @PutMapping({
        "/_matrix/client/v3/user/{userId}/account_data/{type}",
        "/_matrix/client/r0/user/{userId}/account_data/{type}"
    })
    EmptyResponse setAccountData(
            Requester requester,
            @PathVariable UserId userId,
            @PathVariable String type,
            @RequestBody @LaxNumbers ObjectNode content) {
        requireSelf(requester, userId);
        requireClientControlled(type);
        accountData.put(requester.userNid(), AccountDataService.GLOBAL, type, content);
        return EmptyResponse.INSTANCE;
    }

    /// `GET /_matrix/client/v3/user/{userId}/account_data/{type}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3useruseridaccount_datatype))
    @SpecEndpoint(operationId = "getAccountData", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/user/{userId}/account_data/{type}",
        "/_matrix/client/r0/user/{userId}/account_data/{type}"
    })
    ObjectNode getAccountData(
            Requester requester, @PathVariable UserId userId, @PathVariable String type) {
        requireSelf(requester, userId);
        if (type.equals(PUSH_RULES)) {
            return pushRules(userId);
        }
        return accountData
                .find(requester.userNid(), AccountDataService.GLOBAL, type)
                .orElseThrow(AccountDataController::notFound);
    }

    /// `PUT /_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3useruseridroomsroomidaccount_datatype))
    @SpecEndpoint(operationId = "setAccountDataPerRoom", auth = ACCESS_TOKEN, rateLimited = false)
    @PutMapping({
        "/_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}",
        "/_matrix/client/r0/user/{userId}/rooms/{roomId}/account_data/{type}"
    })
    EmptyResponse setAccountDataPerRoom(
            Requester requester,
            @PathVariable UserId userId,
            @PathVariable RoomId roomId,
            @PathVariable String type,
            @RequestBody @LaxNumbers ObjectNode content) {
        requireSelf(requester, userId);
        requireClientControlled(type);
        accountData.put(requester.userNid(), roomNid(requester, roomId), type, content);
        return EmptyResponse.INSTANCE;
    }

    /// `GET /_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3useruseridroomsroomidaccount_datatype))
    @SpecEndpoint(operationId = "getAccountDataPerRoom", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}",
        "/_matrix/client/r0/user/{userId}/rooms/{roomId}/account_data/{type}"
    })
    ObjectNode getAccountDataPerRoom(
            Requester requester,
            @PathVariable UserId userId,
            @PathVariable RoomId roomId,
            @PathVariable String type) {
        requireSelf(requester, userId);
        return rooms.find(roomId)
                .flatMap(room -> accountData.find(requester.userNid(), room.roomNid(), type))
                .orElseThrow(AccountDataController::notFound);
    }

    /// `DELETE /_matrix/client/unstable/org.matrix.msc3391/user/{userId}/account_data/{type}`: also
    /// where there is nothing to delete.
    @SpecEndpoint(
            operationId = "deleteAccountData",
            auth = ACCESS_TOKEN,
            rateLimited = false,
            msc = "MSC3391")
    @DeleteMapping("/_matrix/client/unstable/org.matrix.msc3391/user/{userId}/account_data/{type}")
    EmptyResponse deleteAccountData(
            Requester requester, @PathVariable UserId userId, @PathVariable String type) {
        requireSelf(requester, userId);
        requireClientControlled(type);
        accountData.delete(requester.userNid(), AccountDataService.GLOBAL, type);
        return EmptyResponse.INSTANCE;
    }

    /// `DELETE
    /// /_matrix/client/unstable/org.matrix.msc3391/user/{userId}/rooms/{roomId}/account_data/{type}`:
    /// also where there is nothing to delete.
    @SpecEndpoint(
            operationId = "deleteAccountDataPerRoom",
            auth = ACCESS_TOKEN,
            rateLimited = false,
            msc = "MSC3391")
    @DeleteMapping(
            "/_matrix/client/unstable/org.matrix.msc3391/user/{userId}/rooms/{roomId}/account_data/{type}")
    EmptyResponse deleteAccountDataPerRoom(
            Requester requester,
            @PathVariable UserId userId,
            @PathVariable RoomId roomId,
            @PathVariable String type) {
        requireSelf(requester, userId);
        requireClientControlled(type);
        accountData.delete(requester.userNid(), roomNid(requester, roomId), type);
        return EmptyResponse.INSTANCE;
    }

    /// Data is kept for rooms that the user has or had to do with; else anybody could find out
    /// which rooms there are.
    private long roomNid(Requester requester, RoomId roomId) {
        var room = rooms.get(roomId);
        memberships.requireKnown(requester.userNid(), room.roomNid());
        return room.roomNid();
    }

    private static void requireSelf(Requester requester, UserId userId) {
        if (!requester.userId().equals(userId)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "Account data is for its own user only");
        }
    }

    private static void requireClientControlled(String type) {
        if (SERVER_CONTROLLED.contains(type)) {
            throw new MatrixException(ErrorCode.M_BAD_JSON, 405, "The server itself keeps " + type);
        }
    }

    /// As a sync tells them: every user has push rules.
    private static ObjectNode pushRules(UserId userId) {
        var content = JsonNodeFactory.instance.objectNode();
        content.set("global", PushRuleset.defaults(userId).json());
        return content;
    }

    private static MatrixException notFound() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such account data");
    }
}
