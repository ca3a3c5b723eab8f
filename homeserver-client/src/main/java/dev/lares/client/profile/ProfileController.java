package dev.lares.client.profile;

import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;
import static dev.lares.core.web.SpecEndpoint.Access.NONE;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.UserId;
import dev.lares.core.profile.ProfileField;
import dev.lares.core.profile.ProfileService;
import dev.lares.core.web.EmptyResponse;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// [Profiles](https://spec.matrix.org/v1.19/client-server-api/#profiles). Anybody may read those of
/// local users.
@RestController
class ProfileController {
    private final ProfileService profiles;

    ProfileController(ProfileService profiles) {
        this.profiles = profiles;
    }

    /// `GET /_matrix/client/v3/profile/{userId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3profileuserid))
    @SpecEndpoint(operationId = "getUserProfile", auth = NONE, rateLimited = false)
    @GetMapping({"/_matrix/client/v3/profile/{userId}", "/_matrix/client/r0/profile/{userId}"})
    ObjectNode getUserProfile(@PathVariable UserId userId) {
        return profiles.get(userId);
    }

    /// `GET /_matrix/client/v3/profile/{userId}/{keyName}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3profileuseridkeyname))
    @SpecEndpoint(operationId = "getProfileField", auth = NONE, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/profile/{userId}/{keyName}",
        "/_matrix/client/r0/profile/{userId}/{keyName}"
    })
    ObjectNode getProfileField(@PathVariable UserId userId, @PathVariable String keyName) {
        var field = new ProfileField(keyName);
        var answer = JsonNodeFactory.instance.objectNode();
        answer.set(field.key(), profiles.get(userId, field));
        return answer;
    }

    /// `PUT /_matrix/client/v3/profile/{userId}/{keyName}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3profileuseridkeyname))
    @SpecEndpoint(
            operationId = "setProfileField",
            auth = GUEST_TOKEN,
            rateLimited = true,
            suspendedAllowed = false)
    @PutMapping({
        "/_matrix/client/v3/profile/{userId}/{keyName}",
        "/_matrix/client/r0/profile/{userId}/{keyName}"
    })
    EmptyResponse setProfileField(
            Requester requester,
            @PathVariable UserId userId,
            @PathVariable String keyName,
            @RequestBody ObjectNode body) {
        var field = new ProfileField(keyName);
        var value = body.get(keyName);
        if (value == null) {
            throw new MatrixException(ErrorCode.M_MISSING_PARAM, keyName + " is missing");
        }
        profiles.set(requester, userId, field, value);
        return EmptyResponse.INSTANCE;
    }

    /// `DELETE /_matrix/client/v3/profile/{userId}/{keyName}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#delete_matrixclientv3profileuseridkeyname))
    @SpecEndpoint(
            operationId = "deleteProfileField",
            auth = GUEST_TOKEN,
            rateLimited = true,
            suspendedAllowed = false)
    @DeleteMapping({
        "/_matrix/client/v3/profile/{userId}/{keyName}",
        "/_matrix/client/r0/profile/{userId}/{keyName}"
    })
    EmptyResponse deleteProfileField(
            Requester requester, @PathVariable UserId userId, @PathVariable String keyName) {
        profiles.delete(requester, userId, new ProfileField(keyName));
        return EmptyResponse.INSTANCE;
    }
}
