package dev.lares.client.login;

import static dev.lares.core.web.SpecEndpoint.Access.NONE;

import dev.lares.core.token.RefreshService;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Optional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// [Refreshing access
/// tokens](https://spec.matrix.org/v1.19/client-server-api/#refreshing-access-tokens).
@RestController
class RefreshController {
    private final RefreshService refreshing;

    RefreshController(RefreshService refreshing) {
        this.refreshing = refreshing;
    }

    /// `POST /_matrix/client/v3/refresh`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3refresh))
    @SpecEndpoint(operationId = "refresh", auth = NONE, rateLimited = true)
    @PostMapping({"/_matrix/client/v3/refresh", "/_matrix/client/r0/refresh"})
    RefreshResponse refresh(@Valid @RequestBody RefreshRequest request) {
        var tokens = refreshing.refresh(request.refreshToken());
        return new RefreshResponse(
                tokens.accessToken(),
                tokens.refreshToken(),
                tokens.expiresIn().map(Duration::toMillis));
    }

    record RefreshRequest(@NotNull String refreshToken) {
        /// Shows no secret.
        @Override
        public String toString() {
            return "RefreshRequest";
        }
    }

    record RefreshResponse(
            String accessToken, Optional<String> refreshToken, Optional<Long> expiresInMs) {}
}
