package dev.lares.client.administration;

import dev.lares.core.account.Account;
import dev.lares.core.account.AccountFlag;
import dev.lares.core.account.AccountFlag.Setting;
import dev.lares.core.account.AccountService;
import dev.lares.core.audit.AuditEntry;
import dev.lares.core.domain.HostedDomains;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.UserId;
import dev.lares.core.web.Requester;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Service;

/// Locks and suspends accounts on behalf of administrators, whom the endpoint has checked.
@Service
class AccountModerationService {
    private final AccountService accounts;
    private final HostedDomains domains;
    private final Clock clock;

    AccountModerationService(AccountService accounts, HostedDomains domains, Clock clock) {
        this.accounts = accounts;
        this.domains = domains;
        this.clock = clock;
    }

    /// The account of a user who is no administrator. `M_INVALID_PARAM` for users of other servers,
    /// `M_NOT_FOUND` where there is no account or it is deactivated, `M_FORBIDDEN` for
    /// administrators, oneself included.
    Account get(UserId userId) {
        if (!domains.isLocal(userId)) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "The user does not belong to this server");
        }
        var account =
                accounts.find(userId)
                        .filter(found -> !found.deactivated())
                        .orElseThrow(() ->
                                new MatrixException(ErrorCode.M_NOT_FOUND, "No such account"));
        if (account.admin()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "This is the account of an administrator");
        }
        return account;
    }

    /// As [#get], and leaves an audit entry.
    void set(Requester admin, UserId userId, AccountFlag flag, Setting setting) {
        var account = get(userId);
        var entry = AuditEntry.of(admin, action(flag, setting), userId, Instant.now(clock));
        accounts.set(account, flag, setting, entry);
    }

    private static String action(AccountFlag flag, Setting setting) {
        boolean on = setting == Setting.ON;
        return switch (flag) {
            case ADMIN -> on ? "account.promote" : "account.demote";
            case LOCKED -> on ? "account.lock" : "account.unlock";
            case SUSPENDED -> on ? "account.suspend" : "account.unsuspend";
        };
    }
}
