package dev.lares.client.password;

import static dev.lares.core.web.SpecEndpoint.Access.OPTIONAL;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.uia.AuthData;
import dev.lares.core.web.EmptyResponse;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// [Password management](https://spec.matrix.org/v1.19/client-server-api/#password-management).
@RestController
class PasswordController {
    private final PasswordChangeService changes;

    PasswordController(PasswordChangeService changes) {
        this.changes = changes;
    }

    /// `POST /_matrix/client/v3/account/password`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3accountpassword)).
    /// Asks for the present password. Without an access token it would take a proof by e-mail,
    /// which this server cannot send: `M_MISSING_TOKEN`.
    @SpecEndpoint(operationId = "changePassword", auth = OPTIONAL, rateLimited = true)
    @PostMapping({"/_matrix/client/v3/account/password", "/_matrix/client/r0/account/password"})
    EmptyResponse changePassword(
            Optional<Requester> requester, @Valid @RequestBody PasswordRequest request) {
        var owner =
                requester.orElseThrow(() ->
                        new MatrixException(
                                ErrorCode.M_MISSING_TOKEN,
                                "Only who is logged in can change the password"));
        changes.change(
                owner,
                request.newPassword(),
                request.logoutDevices().orElse(true)
                        ? PasswordChangeService.OtherSessions.END
                        : PasswordChangeService.OtherSessions.KEEP,
                request.auth());
        return EmptyResponse.INSTANCE;
    }

    record PasswordRequest(
            @NotNull String newPassword, Optional<Boolean> logoutDevices, Optional<AuthData> auth) {
        /// Shows no password.
        @Override
        public String toString() {
            return "PasswordRequest";
        }
    }
}
