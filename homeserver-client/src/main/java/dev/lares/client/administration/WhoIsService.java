package dev.lares.client.administration;

import dev.lares.core.account.AccountService;
import dev.lares.core.audit.AuditEntry;
import dev.lares.core.audit.AuditService;
import dev.lares.core.device.Device;
import dev.lares.core.device.DeviceService;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.UserId;
import dev.lares.core.web.Requester;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Service;

/// Tells from where a user was last seen.
@Service
class WhoIsService {
    private final AccountService accounts;
    private final DeviceService devices;
    private final AuditService audit;
    private final Clock clock;

    WhoIsService(AccountService accounts, DeviceService devices, AuditService audit, Clock clock) {
        this.accounts = accounts;
        this.devices = devices;
        this.audit = audit;
        this.clock = clock;
    }

    /// `M_FORBIDDEN` for who is neither an administrator nor the user, `M_NOT_FOUND` where there is
    /// no such account. Looking at somebody else leaves an audit entry.
    List<Device> find(Requester requester, UserId userId) {
        boolean self = requester.userId().equals(userId);
        if (!self && !requester.admin()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "Only administrators may look at other users");
        }
        var account = accounts.get(userId);
        if (!self) {
            audit.keep(AuditEntry.of(requester, "account.whois", userId, Instant.now(clock)));
        }
        return devices.list(account.userNid());
    }
}
