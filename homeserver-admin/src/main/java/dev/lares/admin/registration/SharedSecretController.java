package dev.lares.admin.registration;

import static dev.lares.core.web.SpecEndpoint.Access.NONE;

import dev.lares.core.id.DeviceId;
import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import dev.lares.core.token.DeviceLogin;
import dev.lares.core.token.Refreshing;
import dev.lares.core.web.RequestDomain;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Registration with a shared secret, for scripts and bridges: whoever knows the secret makes
/// accounts, administrators too. Off until `lares.registration.shared-secret` is set.
@RestController
class SharedSecretController {
    private final SharedSecretService registrations;

    SharedSecretController(SharedSecretService registrations) {
        this.registrations = registrations;
    }

    /// `GET /_synapse/admin/v1/register`: a nonce for one registration, good for a minute. 400
    /// `M_UNKNOWN` where it is off.
    @SpecEndpoint(operationId = "adminRegisterNonce", auth = NONE, rateLimited = true)
    @GetMapping("/_synapse/admin/v1/register")
    NonceResponse nonce() {
        return new NonceResponse(registrations.createNonce());
    }

    record NonceResponse(String nonce) {}

    /// `POST /_synapse/admin/v1/register`: makes the account and signs in. `mac` is the hexadecimal
    /// HMAC-SHA1 under the secret of nonce, user name, password and `admin` or `notadmin`, with a
    /// NUL between each, and after a further NUL the `user_type` where there is one. 400
    /// `M_UNKNOWN` for a nonce that is not ours, was used or has expired, or where it is off;
    /// `M_FORBIDDEN` for a wrong MAC.
    @SpecEndpoint(operationId = "adminRegister", auth = NONE, rateLimited = true)
    @PostMapping("/_synapse/admin/v1/register")
    RegisterResponse register(RequestDomain domain, @Valid @RequestBody RegisterRequest request) {
        var account = registrations.register(request, domain.name());
        var device = new DeviceLogin(Optional.empty(), Optional.empty(), Refreshing.UNSUPPORTED);
        var session = registrations.logIn(account, device);
        return new RegisterResponse(
                account.userId(),
                session.tokens().accessToken(),
                session.deviceId(),
                account.userId().serverName());
    }

    /// @param displayname shown to others; the user name where absent
    /// @param userType part of what the MAC covers; no kinds of users are told apart here
    record RegisterRequest(
            @NotNull String nonce,
            @NotNull String username,
            @NotNull String password,
            Optional<String> displayname,
            Optional<Boolean> admin,
            Optional<String> userType,
            @NotNull String mac) {
        /// Shows no secrets.
        @Override
        public String toString() {
            return "RegisterRequest[" + username + "]";
        }
    }

    record RegisterResponse(
            UserId userId, String accessToken, DeviceId deviceId, ServerName homeServer) {}
}
