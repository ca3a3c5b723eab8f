package dev.lares.client.registration;

import dev.lares.core.account.Account;
import dev.lares.core.account.Admission;
import dev.lares.core.account.GuestUpgradeService;
import dev.lares.core.account.RegistrationProperties;
import dev.lares.core.account.RegistrationService;
import dev.lares.core.account.RegistrationTokenService;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.ServerName;
import dev.lares.core.token.DeviceLogin;
import dev.lares.core.token.Session;
import dev.lares.core.token.SessionService;
import dev.lares.core.uia.AuthData;
import dev.lares.core.uia.UiaFlow;
import dev.lares.core.uia.UiaOperation;
import dev.lares.core.uia.UiaService;
import dev.lares.core.uia.UiaStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Leads through registration: which stages, in which order what is checked.
@Service
class RegistrationFlowService {
    private final RegistrationProperties properties;
    private final RegistrationService registrations;
    private final RegistrationTokenService registrationTokens;
    private final SessionService sessions;
    private final GuestUpgradeService guests;
    private final UiaService uia;

    RegistrationFlowService(
            RegistrationProperties properties,
            RegistrationService registrations,
            RegistrationTokenService registrationTokens,
            SessionService sessions,
            GuestUpgradeService guests,
            UiaService uia) {
        this.properties = properties;
        this.registrations = registrations;
        this.registrationTokens = registrationTokens;
        this.sessions = sessions;
        this.guests = guests;
        this.uia = uia;
    }

    /// What a client asks for.
    ///
    /// @param guestAccessToken of the guest who becomes a user
    /// @param type set by application services only
    record Registration(
            Optional<String> username,
            Optional<String> password,
            Optional<AuthData> auth,
            Optional<String> guestAccessToken,
            Optional<String> type) {
        /// Shows no secrets.
        @Override
        public String toString() {
            return "Registration[" + username + "]";
        }
    }

    /// Makes the account once its stages are passed. `M_FORBIDDEN` where accounts of that kind are
    /// not given out, `M_INVALID_USERNAME`, `M_EXCLUSIVE`, `M_USER_IN_USE`, `M_WEAK_PASSWORD`,
    /// `M_MISSING_PARAM` without a password.
    Account register(String kind, Registration wanted, ServerName domain) {
        return switch (kind) {
            case "user" -> registerUser(wanted, domain);
            case "guest" -> registrations.registerGuest(domain);
            default ->
                    throw new MatrixException(
                            ErrorCode.M_INVALID_PARAM, "kind is neither user nor guest");
        };
    }

    Session logIn(Account account, DeviceLogin device) {
        return sessions.open(account, device);
    }

    void requireAvailable(String username, ServerName domain) {
        registrations.requireOpen();
        registrations.requireAvailable(Optional.of(username), domain);
    }

    boolean tokenValid(String token) {
        registrations.requireOpen();
        return registrationTokens.valid(token);
    }

    private Account registerUser(Registration wanted, ServerName domain) {
        if (wanted.type().filter("m.login.application_service"::equals).isPresent()) {
            // None is registered whose token the request could carry.
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "Not an application service's token");
        }
        registrations.requireOpen();
        // The specification wants these errors before authentication; they may come after it too.
        var guest =
                wanted.guestAccessToken()
                        .map(token -> guests.requireGuest(token, wanted.username()));
        var userId =
                guest.map(Account::userId)
                        .orElseGet(() -> registrations.requireAvailable(wanted.username(), domain));
        wanted.password().ifPresent(registrations::requireAcceptable);
        var pass = uia.require(operation(), wanted.auth());
        if (wanted.password().isEmpty()) {
            throw new MatrixException(ErrorCode.M_MISSING_PARAM, "password is missing");
        }
        var admission =
                pass.registrationToken()
                        .<Admission>map(Admission.RegistrationToken::new)
                        .orElseGet(Admission.Free::new);
        var password = wanted.password().get();
        var account =
                guest.map(of -> guests.upgrade(of, password, admission))
                        .orElseGet(
                                () -> registrations.register(userId, wanted.password(), admission));
        uia.finish(pass);
        return account;
    }

    /// Not bound to the name and the password: nobody's account is at stake yet, and people choose
    /// another name when theirs was taken meanwhile.
    private UiaOperation operation() {
        var stages = new ArrayList<UiaStage>();
        switch (properties.mode()) {
            case TOKEN -> stages.add(UiaStage.REGISTRATION_TOKEN);
            case OPEN, CLOSED -> {}
        }
        if (!properties.terms().isEmpty()) {
            stages.add(UiaStage.TERMS);
        }
        if (stages.isEmpty()) {
            stages.add(UiaStage.DUMMY);
        }
        return new UiaOperation(
                "register", Optional.empty(), List.of(new UiaFlow(stages)), List.of());
    }
}
