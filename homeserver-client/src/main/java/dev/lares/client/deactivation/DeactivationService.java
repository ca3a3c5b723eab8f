package dev.lares.client.deactivation;

import dev.lares.core.account.AccountService;
import dev.lares.core.account.AccountService.Erasure;
import dev.lares.core.uia.AuthData;
import dev.lares.core.uia.UiaFlow;
import dev.lares.core.uia.UiaOperation;
import dev.lares.core.uia.UiaService;
import dev.lares.core.uia.UiaStage;
import dev.lares.core.web.Requester;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Lets owners of accounts end them.
@Service
class DeactivationService {
    private final AccountService accounts;
    private final UiaService uia;

    DeactivationService(AccountService accounts, UiaService uia) {
        this.accounts = accounts;
        this.uia = uia;
    }

    /// A challenge for the password, or the end of the account with all of its sessions. The rooms
    /// are left soon after.
    void deactivate(Requester requester, Erasure erasure, Optional<AuthData> auth) {
        var pass =
                uia.require(
                        new UiaOperation(
                                "deactivateAccount",
                                Optional.of(requester),
                                List.of(UiaFlow.of(UiaStage.PASSWORD)),
                                List.of(Optional.of(erasure.name()))),
                        auth);
        accounts.deactivate(accounts.get(requester.userId()), erasure);
        uia.finish(pass);
    }
}
