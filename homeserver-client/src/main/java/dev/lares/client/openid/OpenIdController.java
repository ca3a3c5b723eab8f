package dev.lares.client.openid;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import dev.lares.core.openid.OpenIdTokenService;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// [OpenID](https://spec.matrix.org/v1.19/client-server-api/#openid).
@RestController
class OpenIdController {
    private final OpenIdTokenService tokens;

    OpenIdController(OpenIdTokenService tokens) {
        this.tokens = tokens;
    }

    /// `POST /_matrix/client/v3/user/{userId}/openid/request_token`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3useruseridopenidrequest_token)):
    /// good for an hour. `M_FORBIDDEN` for somebody else's.
    @SpecEndpoint(operationId = "requestOpenIdToken", auth = ACCESS_TOKEN, rateLimited = true)
    @PostMapping({
        "/_matrix/client/v3/user/{userId}/openid/request_token",
        "/_matrix/client/r0/user/{userId}/openid/request_token"
    })
    TokenResponse requestOpenIdToken(
            Requester requester, @PathVariable UserId userId, @RequestBody ObjectNode nothing) {
        if (!requester.userId().equals(userId)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "A token is only given for who asks for it");
        }
        return new TokenResponse(
                tokens.create(requester),
                "Bearer",
                requester.domain(),
                OpenIdTokenService.LIFETIME.toSeconds());
    }

    /// @param expiresIn seconds
    record TokenResponse(
            String accessToken, String tokenType, ServerName matrixServerName, long expiresIn) {
        /// Shows no token.
        @Override
        public String toString() {
            return "TokenResponse";
        }
    }
}
