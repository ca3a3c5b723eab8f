package dev.lares.client.registration;

import static dev.lares.core.web.SpecEndpoint.Access.NONE;

import dev.lares.client.registration.RegistrationFlowService.Registration;
import dev.lares.core.account.Account;
import dev.lares.core.id.DeviceId;
import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import dev.lares.core.ratelimit.RateLimit;
import dev.lares.core.ratelimit.RateLimited;
import dev.lares.core.token.DeviceLogin;
import dev.lares.core.token.Refreshing;
import dev.lares.core.token.Session;
import dev.lares.core.uia.AuthData;
import dev.lares.core.web.RequestDomain;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import java.time.Duration;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// [Registration](https://spec.matrix.org/v1.19/client-server-api/#legacy-account-registration).
@RestController
class RegistrationController {
    private final RegistrationFlowService registrations;

    RegistrationController(RegistrationFlowService registrations) {
        this.registrations = registrations;
    }

    /// `POST /_matrix/client/v3/register`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3register))
    @SpecEndpoint(operationId = "register", auth = NONE, rateLimited = true)
    @RateLimited(RateLimit.REGISTRATION)
    @PostMapping({"/_matrix/client/v3/register", "/_matrix/client/r0/register"})
    RegisterResponse register(
            RequestDomain domain,
            @RequestParam(defaultValue = "user") String kind,
            @Valid @RequestBody(required = false) RegisterRequest request) {
        var account = registrations.register(kind, request.registration(), domain.name());
        if (request.inhibitLogin().orElse(false) && !account.guest()) {
            return RegisterResponse.of(account, Optional.empty());
        }
        var device = account.guest() ? request.guestDevice() : request.device();
        return RegisterResponse.of(account, Optional.of(registrations.logIn(account, device)));
    }

    record RegisterRequest(
            Optional<AuthData> auth,
            Optional<String> username,
            Optional<String> password,
            Optional<DeviceId> deviceId,
            Optional<String> initialDeviceDisplayName,
            Optional<Boolean> inhibitLogin,
            Optional<Boolean> refreshToken,
            Optional<String> guestAccessToken,
            Optional<String> type) {

        Registration registration() {
            return new Registration(username, password, auth, guestAccessToken, type);
        }

        DeviceLogin device() {
            return new DeviceLogin(
                    deviceId,
                    initialDeviceDisplayName,
                    refreshToken.orElse(false) ? Refreshing.SUPPORTED : Refreshing.UNSUPPORTED);
        }

        /// A guest only names the device.
        DeviceLogin guestDevice() {
            return new DeviceLogin(
                    Optional.empty(), initialDeviceDisplayName, Refreshing.UNSUPPORTED);
        }

        /// Shows no secrets.
        @Override
        public String toString() {
            return "RegisterRequest[" + username + "]";
        }
    }

    /// @param homeServer deprecated, and still read by old clients
    record RegisterResponse(
            UserId userId,
            Optional<String> accessToken,
            Optional<DeviceId> deviceId,
            Optional<String> refreshToken,
            Optional<Long> expiresInMs,
            ServerName homeServer) {

        static RegisterResponse of(Account account, Optional<Session> session) {
            var tokens = session.map(Session::tokens);
            return new RegisterResponse(
                    account.userId(),
                    tokens.map(issued -> issued.accessToken()),
                    session.map(Session::deviceId),
                    tokens.flatMap(issued -> issued.refreshToken()),
                    tokens.flatMap(issued -> issued.expiresIn()).map(Duration::toMillis),
                    account.userId().serverName());
        }
    }

    /// `GET /_matrix/client/v3/register/available`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3registeravailable)).
    /// `M_FORBIDDEN` where registration is closed: it would only tell who has an account.
    @SpecEndpoint(operationId = "checkUsernameAvailability", auth = NONE, rateLimited = true)
    @RateLimited(RateLimit.REGISTRATION)
    @GetMapping({"/_matrix/client/v3/register/available", "/_matrix/client/r0/register/available"})
    AvailableResponse checkUsernameAvailability(
            RequestDomain domain, @RequestParam String username) {
        registrations.requireAvailable(username, domain.name());
        return new AvailableResponse(true);
    }

    record AvailableResponse(boolean available) {}

    /// `GET /_matrix/client/v1/register/m.login.registration_token/validity`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1registermloginregistration_tokenvalidity))
    @SpecEndpoint(operationId = "registrationTokenValidity", auth = NONE, rateLimited = true)
    @RateLimited(RateLimit.REGISTRATION_TOKEN)
    @GetMapping("/_matrix/client/v1/register/m.login.registration_token/validity")
    ValidityResponse registrationTokenValidity(@RequestParam String token) {
        return new ValidityResponse(registrations.tokenValid(token));
    }

    record ValidityResponse(boolean valid) {}
}
