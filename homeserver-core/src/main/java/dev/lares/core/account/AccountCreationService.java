package dev.lares.core.account;

import dev.lares.core.account.Account.PasswordHash;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Makes an account and uses up what entitles to it, in one transaction. Everything slow has
/// happened before.
@Service
class AccountCreationService {
    private final AccountRepository accounts;
    private final RegistrationTokenRepository registrationTokens;
    private final SetupLinkRepository setupLinks;

    AccountCreationService(
            AccountRepository accounts,
            RegistrationTokenRepository registrationTokens,
            SetupLinkRepository setupLinks) {
        this.accounts = accounts;
        this.registrationTokens = registrationTokens;
        this.setupLinks = setupLinks;
    }

    @Transactional
    void insert(
            long userNid,
            Optional<PasswordHash> hash,
            NewAccount.Kind kind,
            Admission admission,
            Instant now) {
        var encoded = hash.map(PasswordHash::encoded).orElse(null);
        if (!accounts.insertIfAbsent(userNid, encoded, kind, now)) {
            throw AccountService.inUse();
        }
        useUp(admission, now);
    }

    /// Makes a user of a guest. `M_USER_IN_USE` where that has happened already.
    @Transactional
    void convertGuest(long userNid, PasswordHash hash, Admission admission, Instant now) {
        if (!accounts.convertGuest(userNid, hash)) {
            throw AccountService.inUse();
        }
        useUp(admission, now);
    }

    private void useUp(Admission admission, Instant now) {
        boolean admitted =
                switch (admission) {
                    case Admission.Free() -> true;
                    case Admission.RegistrationToken(var token) ->
                            registrationTokens.use(token, now);
                    case Admission.SetupLink(var token) -> setupLinks.use(token, now);
                };
        if (!admitted) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "The token has been used up or has expired");
        }
    }
}
