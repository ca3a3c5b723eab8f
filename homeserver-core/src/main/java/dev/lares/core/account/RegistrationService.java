package dev.lares.core.account;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import java.security.SecureRandom;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;

/// Accounts that people make by themselves, as far as the settings let them
/// ([registration](https://spec.matrix.org/v1.19/client-server-api/#legacy-account-registration)).
@Service
@EnableConfigurationProperties(RegistrationProperties.class)
public class RegistrationService {
    private static final int INVENTED_CHARS = 12;
    private static final String INVENTED_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    private final RegistrationProperties properties;
    private final AccountService accounts;
    private final PasswordService passwords;
    private final SecureRandom random;

    RegistrationService(
            RegistrationProperties properties,
            AccountService accounts,
            PasswordService passwords,
            SecureRandom random) {
        this.properties = properties;
        this.accounts = accounts;
        this.passwords = passwords;
        this.random = random;
    }

    /// `M_FORBIDDEN` where registration is closed.
    public void requireOpen() {
        switch (properties.mode()) {
            case OPEN, TOKEN -> {}
            case CLOSED ->
                    throw new MatrixException(
                            ErrorCode.M_FORBIDDEN, "Registration is disabled on this server");
        }
    }

    /// `M_FORBIDDEN` where no guest accounts are given out.
    public void requireGuestsAllowed() {
        if (!properties.guests()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "Guest accounts are disabled on this server");
        }
    }

    /// The user ID that the wanted name would give, or an invented one. `M_INVALID_USERNAME`,
    /// `M_EXCLUSIVE` for a reserved name, `M_USER_IN_USE`.
    public UserId requireAvailable(Optional<String> username, ServerName domain) {
        if (username.isEmpty()) {
            return inventUserId("", domain);
        }
        var userId = Localparts.newUserId(username.get(), domain);
        var localpart = userId.localpart();
        if (properties.reservedNames().stream()
                .anyMatch(reserved -> reserved.matcher(localpart).matches())) {
            throw new MatrixException(ErrorCode.M_EXCLUSIVE, "The user name is reserved");
        }
        accounts.requireAvailable(userId);
        return userId;
    }

    /// `M_WEAK_PASSWORD` or `M_INVALID_PARAM` where the password is not accepted.
    public void requireAcceptable(String password) {
        passwords.requireAcceptable(password);
    }

    /// Makes the account; the caller has seen to it that this one may have it.
    public Account register(UserId userId, Optional<String> password, Admission admission) {
        return accounts.create(new NewAccount(userId, password, NewAccount.Kind.USER), admission);
    }

    /// Makes a guest account with an invented name.
    public Account registerGuest(ServerName domain) {
        requireGuestsAllowed();
        var userId = inventUserId("guest-", domain);
        return accounts.create(
                new NewAccount(userId, Optional.empty(), NewAccount.Kind.GUEST),
                new Admission.Free());
    }

    private UserId inventUserId(String prefix, ServerName domain) {
        var name = new StringBuilder(prefix);
        random.ints(INVENTED_CHARS, 0, INVENTED_ALPHABET.length())
                .forEach(index -> name.append(INVENTED_ALPHABET.charAt(index)));
        return UserId.of(name.toString(), domain);
    }
}
