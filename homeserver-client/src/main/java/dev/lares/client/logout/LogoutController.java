package dev.lares.client.logout;

import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;

import dev.lares.core.token.SessionService;
import dev.lares.core.web.EmptyResponse;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Logging out; the answer says that no replica takes the token any more. What the body holds is
/// not looked at.
@RestController
class LogoutController {
    private final SessionService sessions;

    LogoutController(SessionService sessions) {
        this.sessions = sessions;
    }

    /// `POST /_matrix/client/v3/logout`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3logout))
    @SpecEndpoint(
            operationId = "logout",
            auth = GUEST_TOKEN,
            rateLimited = false,
            lockedAllowed = true)
    @PostMapping({"/_matrix/client/v3/logout", "/_matrix/client/r0/logout"})
    EmptyResponse logout(Requester requester) {
        sessions.end(requester);
        return EmptyResponse.INSTANCE;
    }

    /// `POST /_matrix/client/v3/logout/all`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3logoutall))
    @SpecEndpoint(
            operationId = "logout_all",
            auth = GUEST_TOKEN,
            rateLimited = false,
            lockedAllowed = true)
    @PostMapping({"/_matrix/client/v3/logout/all", "/_matrix/client/r0/logout/all"})
    EmptyResponse logoutAll(Requester requester) {
        sessions.endAll(requester);
        return EmptyResponse.INSTANCE;
    }
}
