package dev.lares.client.login;

import static dev.lares.core.web.SpecEndpoint.Access.NONE;

import dev.lares.core.account.UserIdentifier;
import dev.lares.core.id.DeviceId;
import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import dev.lares.core.ratelimit.RateLimit;
import dev.lares.core.ratelimit.RateLimited;
import dev.lares.core.token.DeviceLogin;
import dev.lares.core.token.Refreshing;
import dev.lares.core.web.RequestDomain;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// [Login](https://spec.matrix.org/v1.19/client-server-api/#legacy-login).
@RestController
class LoginController {
    private final LoginService logins;

    LoginController(LoginService logins) {
        this.logins = logins;
    }

    /// `GET /_matrix/client/v3/login`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3login))
    @SpecEndpoint(operationId = "getLoginFlows", auth = NONE, rateLimited = true)
    @GetMapping({"/_matrix/client/v3/login", "/_matrix/client/r0/login"})
    FlowsResponse getLoginFlows() {
        return new FlowsResponse(
                List.of(
                        new Flow(LoginService.PASSWORD, Optional.empty()),
                        new Flow(LoginService.TOKEN, Optional.of(true))));
    }

    record FlowsResponse(List<Flow> flows) {}

    record Flow(String type, Optional<Boolean> getLoginToken) {}

    /// `POST /_matrix/client/v3/login`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3login))
    @SpecEndpoint(operationId = "login", auth = NONE, rateLimited = true)
    @RateLimited(RateLimit.LOGIN_ADDRESS)
    @PostMapping({"/_matrix/client/v3/login", "/_matrix/client/r0/login"})
    LoginResponse login(RequestDomain domain, @Valid @RequestBody LoginRequest request) {
        var account = logins.authenticate(request.credentials(), domain.name());
        var session = logins.open(account, request.device());
        return new LoginResponse(
                account.userId(),
                session.tokens().accessToken(),
                session.deviceId(),
                session.tokens().refreshToken(),
                session.tokens().expiresIn().map(Duration::toMillis),
                account.userId().serverName());
    }

    record LoginRequest(
            @NotNull String type,
            Optional<UserIdentifier> identifier,
            Optional<String> user,
            Optional<String> medium,
            Optional<String> address,
            Optional<String> password,
            Optional<String> token,
            Optional<DeviceId> deviceId,
            Optional<String> initialDeviceDisplayName,
            Optional<Boolean> refreshToken) {

        LoginService.Credentials credentials() {
            var whom = identifier.or(() -> UserIdentifier.legacy(user, medium, address));
            return new LoginService.Credentials(type, whom, password, token);
        }

        DeviceLogin device() {
            return new DeviceLogin(
                    deviceId,
                    initialDeviceDisplayName,
                    refreshToken.orElse(false) ? Refreshing.SUPPORTED : Refreshing.UNSUPPORTED);
        }

        /// Shows no secrets.
        @Override
        public String toString() {
            return "LoginRequest[" + type + "]";
        }
    }

    /// @param homeServer deprecated, and still read by old clients
    record LoginResponse(
            UserId userId,
            String accessToken,
            DeviceId deviceId,
            Optional<String> refreshToken,
            Optional<Long> expiresInMs,
            ServerName homeServer) {}
}
