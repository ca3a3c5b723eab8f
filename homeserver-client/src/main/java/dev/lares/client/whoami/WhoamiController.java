package dev.lares.client.whoami;

import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;

import dev.lares.core.id.DeviceId;
import dev.lares.core.id.UserId;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Whose token it is.
@RestController
class WhoamiController {
    /// `GET /_matrix/client/v3/account/whoami`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3accountwhoami))
    @SpecEndpoint(operationId = "getTokenOwner", auth = GUEST_TOKEN, rateLimited = true)
    @GetMapping({"/_matrix/client/v3/account/whoami", "/_matrix/client/r0/account/whoami"})
    WhoamiResponse getTokenOwner(Requester requester) {
        return new WhoamiResponse(requester.userId(), requester.deviceId(), requester.guest());
    }

    record WhoamiResponse(UserId userId, Optional<DeviceId> deviceId, boolean isGuest) {}
}
