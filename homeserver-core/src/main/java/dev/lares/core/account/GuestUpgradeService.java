package dev.lares.core.account;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.LogWriter;
import dev.lares.core.web.AccessTokens;
import dev.lares.core.web.TokenOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Makes accounts of guests, who keep their names, rooms and sessions ([guest
/// access](https://spec.matrix.org/v1.19/client-server-api/#guest-access)).
@Service
public class GuestUpgradeService {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final AccountService accounts;
    private final AccountCreationService creation;
    private final PasswordService passwords;
    private final AccessTokens tokens;
    private final LogWriter logWriter;
    private final Clock clock;

    GuestUpgradeService(
            AccountService accounts,
            AccountCreationService creation,
            PasswordService passwords,
            AccessTokens tokens,
            LogWriter logWriter,
            Clock clock) {
        this.accounts = accounts;
        this.creation = creation;
        this.passwords = passwords;
        this.tokens = tokens;
        this.logWriter = logWriter;
        this.clock = clock;
    }

    /// The guest whose token it is. `M_MISSING_PARAM` without a name, `M_FORBIDDEN` where the token
    /// is not that of a guest of this name.
    public Account requireGuest(String accessToken, Optional<String> username) {
        var name =
                username.orElseThrow(() ->
                        new MatrixException(
                                ErrorCode.M_MISSING_PARAM, "A guest's name is to be given too"));
        if (tokens.find(accessToken) instanceof TokenOutcome.Known(var requester)
                && requester.guest()
                && requester.userId().localpart().equals(name)) {
            return accounts.get(requester.userId());
        }
        throw new MatrixException(
                ErrorCode.M_FORBIDDEN, "This is not the token of a guest of that name");
    }

    /// `M_WEAK_PASSWORD` and `M_INVALID_PARAM` for a password that is not accepted, `M_USER_IN_USE`
    /// where the guest has become a user meanwhile, `M_FORBIDDEN` where what admits to an account
    /// has been used up.
    public Account upgrade(Account guest, String password, Admission admission) {
        passwords.requireAcceptable(password);
        var hash = passwords.hash(password);
        creation.convertGuest(guest.userNid(), hash, admission, Instant.now(clock));
        // Tells every replica, which may remember that the tokens are a guest's.
        var rows = List.of(AccountChanges.password(guest.userNid(), hash));
        logWriter.append(
                new AppendItem(Optional.empty(), List.of(), rows, Optional.empty()), DEADLINE);
        return accounts.get(guest.userId());
    }
}
