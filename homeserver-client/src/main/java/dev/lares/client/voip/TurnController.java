package dev.lares.client.voip;

import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;

import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import java.net.URI;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// [Voice over IP](https://spec.matrix.org/v1.19/client-server-api/#voice-over-ip).
@RestController
class TurnController {
    private final TurnService turn;

    TurnController(TurnService turn) {
        this.turn = turn;
    }

    /// `GET /_matrix/client/v3/voip/turnServer`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3voipturnserver)).
    /// `M_NOT_FOUND` where there is no TURN server, `M_GUEST_ACCESS_FORBIDDEN` for guests where
    /// they get none.
    @SpecEndpoint(operationId = "getTurnServer", auth = GUEST_TOKEN, rateLimited = true)
    @GetMapping({"/_matrix/client/v3/voip/turnServer", "/_matrix/client/r0/voip/turnServer"})
    TurnResponse getTurnServer(Requester requester) {
        return turn.credentials(requester);
    }

    /// @param ttl seconds
    record TurnResponse(String username, String password, List<URI> uris, long ttl) {
        /// Shows no password.
        @Override
        public String toString() {
            return "TurnResponse" + uris;
        }
    }
}
