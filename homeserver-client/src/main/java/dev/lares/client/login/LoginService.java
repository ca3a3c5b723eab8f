package dev.lares.client.login;

import dev.lares.core.account.Account;
import dev.lares.core.account.PasswordService;
import dev.lares.core.account.UserIdentifier;
import dev.lares.core.account.UserIdentifierService;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import dev.lares.core.ratelimit.RateLimit;
import dev.lares.core.ratelimit.RateLimitService;
import dev.lares.core.token.DeviceLogin;
import dev.lares.core.token.LoginTokenService;
import dev.lares.core.token.Session;
import dev.lares.core.token.SessionService;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Decides who somebody is who signs in.
@Service
class LoginService {
    static final String PASSWORD = "m.login.password";
    static final String TOKEN = "m.login.token";
    private static final String APPLICATION_SERVICE = "m.login.application_service";

    private final UserIdentifierService identifiers;
    private final PasswordService passwords;
    private final LoginTokenService loginTokens;
    private final SessionService sessions;
    private final RateLimitService limits;

    LoginService(
            UserIdentifierService identifiers,
            PasswordService passwords,
            LoginTokenService loginTokens,
            SessionService sessions,
            RateLimitService limits) {
        this.identifiers = identifiers;
        this.passwords = passwords;
        this.loginTokens = loginTokens;
        this.sessions = sessions;
        this.limits = limits;
    }

    /// What a client signs in with.
    ///
    /// @param type of the login flow
    record Credentials(
            String type,
            Optional<UserIdentifier> identifier,
            Optional<String> password,
            Optional<String> token) {
        /// Shows no secrets.
        @Override
        public String toString() {
            return "Credentials[" + type + "]";
        }
    }

    /// The account of who shows these credentials. `M_FORBIDDEN` where they are wrong,
    /// `M_USER_DEACTIVATED`, `M_MISSING_PARAM`, 400 `M_UNKNOWN` for a flow that we do not have.
    Account authenticate(Credentials credentials, ServerName domain) {
        return switch (credentials.type()) {
            case PASSWORD -> authenticateByPassword(credentials, domain);
            case TOKEN ->
                    loginTokens
                            .take(require(credentials.token(), "token"))
                            .orElseThrow(() -> forbidden("Invalid login token"));
            // No application service is registered whose token the request could carry.
            case APPLICATION_SERVICE -> throw forbidden("Not an application service's token");
            default -> throw new MatrixException(ErrorCode.M_UNKNOWN, 400, "Unknown login type");
        };
    }

    /// Opens the session; `M_USER_DEACTIVATED`, `M_USER_LOCKED`, `M_INVALID_PARAM`.
    Session open(Account account, DeviceLogin device) {
        return sessions.open(account, device);
    }

    private Account authenticateByPassword(Credentials credentials, ServerName domain) {
        var password = require(credentials.password(), "password");
        var account = identifiers.find(require(credentials.identifier(), "identifier"), domain);
        account.ifPresent(found -> requireNotTooOften(found.userId()));
        boolean matches = passwords.matches(account, password);
        if (account.isPresent() && account.get().deactivated()) {
            // Its password is wiped, so that nobody can prove to be the owner any more.
            throw new MatrixException(
                    ErrorCode.M_USER_DEACTIVATED, "The account has been deactivated");
        }
        if (!matches) {
            account.ifPresent(
                    found -> limits.spend(RateLimit.LOGIN_FAILED, found.userId().value()));
            throw forbidden("Invalid user name or password");
        }
        return account.orElseThrow();
    }

    /// Whoever guesses from many addresses is stopped here.
    private void requireNotTooOften(UserId userId) {
        limits.requireAvailable(RateLimit.LOGIN_FAILED, userId.value());
        limits.require(RateLimit.LOGIN_ACCOUNT, userId.value());
    }

    private static <T> T require(Optional<T> member, String name) {
        return member.orElseThrow(
                () -> new MatrixException(ErrorCode.M_MISSING_PARAM, name + " is missing"));
    }

    private static MatrixException forbidden(String message) {
        return new MatrixException(ErrorCode.M_FORBIDDEN, message);
    }
}
