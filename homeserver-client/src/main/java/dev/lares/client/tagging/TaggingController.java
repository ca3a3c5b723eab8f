package dev.lares.client.tagging;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.web.EmptyResponse;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import dev.lares.core.web.body.LaxNumbers;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// [Room tagging](https://spec.matrix.org/v1.19/client-server-api/#room-tagging). Only the user
/// themselves may read or write their tags.
@RestController
class TaggingController {
    private final TagService tags;

    TaggingController(TagService tags) {
        this.tags = tags;
    }

    /// `GET /_matrix/client/v3/user/{userId}/rooms/{roomId}/tags`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3useruseridroomsroomidtags))
    @SpecEndpoint(operationId = "getRoomTags", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags",
        "/_matrix/client/r0/user/{userId}/rooms/{roomId}/tags"
    })
    TagsResponse getRoomTags(
            Requester requester, @PathVariable UserId userId, @PathVariable RoomId roomId) {
        requireSelf(requester, userId);
        return new TagsResponse(tags.find(requester.userNid(), roomId));
    }

    /// `PUT /_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3useruseridroomsroomidtagstag))
    @SpecEndpoint(operationId = "setRoomTag", auth = ACCESS_TOKEN, rateLimited = false)
    @PutMapping({
        "/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}",
        "/_matrix/client/r0/user/{userId}/rooms/{roomId}/tags/{tag}"
    })
    EmptyResponse setRoomTag(
            Requester requester,
            @PathVariable UserId userId,
            @PathVariable RoomId roomId,
            @PathVariable String tag,
            @RequestBody @LaxNumbers ObjectNode content) {
        requireSelf(requester, userId);
        tags.set(requester.userNid(), roomId, tag, content);
        return EmptyResponse.INSTANCE;
    }

    /// `DELETE /_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#delete_matrixclientv3useruseridroomsroomidtagstag))
    @SpecEndpoint(operationId = "deleteRoomTag", auth = ACCESS_TOKEN, rateLimited = false)
    @DeleteMapping({
        "/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}",
        "/_matrix/client/r0/user/{userId}/rooms/{roomId}/tags/{tag}"
    })
    EmptyResponse deleteRoomTag(
            Requester requester,
            @PathVariable UserId userId,
            @PathVariable RoomId roomId,
            @PathVariable String tag) {
        requireSelf(requester, userId);
        tags.remove(requester.userNid(), roomId, tag);
        return EmptyResponse.INSTANCE;
    }

    private static void requireSelf(Requester requester, UserId userId) {
        if (!requester.userId().equals(userId)) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "Tags are for their own user only");
        }
    }

    /// @param tags by name
    record TagsResponse(ObjectNode tags) {}
}
