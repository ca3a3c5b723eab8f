package dev.lares.client.password;

import dev.lares.core.account.AccountService;
import dev.lares.core.account.AccountService.OtherDevices;
import dev.lares.core.account.PasswordService;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.uia.AuthData;
import dev.lares.core.uia.UiaFlow;
import dev.lares.core.uia.UiaOperation;
import dev.lares.core.uia.UiaService;
import dev.lares.core.uia.UiaStage;
import dev.lares.core.web.Requester;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Lets owners of accounts change their passwords.
@Service
class PasswordChangeService {
    private final AccountService accounts;
    private final PasswordService passwords;
    private final UiaService uia;

    PasswordChangeService(AccountService accounts, PasswordService passwords, UiaService uia) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.uia = uia;
    }

    /// What becomes of the owner's sessions but the one that asks.
    enum OtherSessions {
        END,
        KEEP
    }

    /// `M_GUEST_ACCESS_FORBIDDEN`, `M_WEAK_PASSWORD`, `M_INVALID_PARAM`, or a challenge for the
    /// present password.
    void change(
            Requester requester,
            String newPassword,
            OtherSessions others,
            Optional<AuthData> auth) {
        if (requester.guest()) {
            throw new MatrixException(
                    ErrorCode.M_GUEST_ACCESS_FORBIDDEN, "Guests have no password");
        }
        passwords.requireAcceptable(newPassword);
        var pass =
                uia.require(
                        new UiaOperation(
                                "changePassword",
                                Optional.of(requester),
                                List.of(UiaFlow.of(UiaStage.PASSWORD)),
                                List.of(Optional.of(newPassword), Optional.of(others.name()))),
                        auth);
        var devices =
                switch (others) {
                    case KEEP -> new OtherDevices.Keep();
                    case END -> new OtherDevices.Delete(requester.deviceId());
                };
        accounts.setPassword(accounts.get(requester.userId()), newPassword, devices);
        uia.finish(pass);
    }
}
