package dev.lares.core.uia;

import dev.lares.core.account.AccountService;
import dev.lares.core.account.PasswordService;
import dev.lares.core.account.RegistrationTokenService;
import dev.lares.core.account.UserIdentifier;
import dev.lares.core.account.UserIdentifierService;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.secret.TokenHash;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Checks what a client gives for a stage.
@Service
class StageService {
    private final AccountService accounts;
    private final PasswordService passwords;
    private final UserIdentifierService identifiers;
    private final RegistrationTokenService registrationTokens;

    StageService(
            AccountService accounts,
            PasswordService passwords,
            UserIdentifierService identifiers,
            RegistrationTokenService registrationTokens) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.identifiers = identifiers;
        this.registrationTokens = registrationTokens;
    }

    StageOutcome attempt(UiaStage stage, UiaSession session, AuthData auth) {
        return switch (stage) {
            case DUMMY, TERMS -> new StageOutcome.Passed(Optional.empty());
            case PASSWORD ->
                    attemptPassword(session.binding().userNid(), auth.anyIdentifier(), auth);
            case REGISTRATION_TOKEN -> attemptRegistrationToken(auth.token());
        };
    }

    private StageOutcome attemptPassword(
            long userNid, Optional<UserIdentifier> identifier, AuthData auth) {
        if (auth.password().isEmpty()) {
            return new StageOutcome.Failed(ErrorCode.M_MISSING_PARAM, "password is missing");
        }
        var account = accounts.find(userNid);
        if (account.isEmpty()) {
            throw new IllegalStateException("account has no row with user_nid " + userNid);
        }
        // A client that names nobody means who it is logged in as.
        var named =
                identifier.isEmpty()
                        ? account
                        : identifiers.find(identifier.get(), account.get().userId().serverName());
        var own = named.filter(found -> found.userNid() == userNid);
        if (!passwords.matches(own, auth.password().get())) {
            return new StageOutcome.Failed(ErrorCode.M_FORBIDDEN, "Invalid user name or password");
        }
        return new StageOutcome.Passed(Optional.empty());
    }

    private StageOutcome attemptRegistrationToken(Optional<String> token) {
        if (token.isEmpty()) {
            return new StageOutcome.Failed(ErrorCode.M_MISSING_PARAM, "token is missing");
        }
        if (!registrationTokens.valid(token.get())) {
            return new StageOutcome.Failed(ErrorCode.M_UNAUTHORIZED, "Invalid registration token");
        }
        return new StageOutcome.Passed(Optional.of(TokenHash.of(token.get())));
    }
}
