package dev.lares.core.participation;

import dev.lares.core.accountdata.AccountDataService;
import dev.lares.core.domain.HostedDomains;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.UserId;
import dev.lares.core.user.UserRefs;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Who can be invited at all ([invite
/// permission](https://spec.matrix.org/v1.19/client-server-api/#invite-permission)). A local user
/// need not have an account yet: organisations invite people before their first login.
@Component
public class Invitability {
    private final HostedDomains domains;
    private final UserRefs users;
    private final AccountDataService accountData;

    Invitability(HostedDomains domains, UserRefs users, AccountDataService accountData) {
        this.domains = domains;
        this.users = users;
        this.accountData = accountData;
    }

    /// `M_INVITE_BLOCKED` where the user takes no invitations, `M_FORBIDDEN` for users of other
    /// servers, which this one cannot reach.
    public void require(UserId invitee) {
        if (!domains.isLocal(invitee)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "Users of other servers cannot be invited: this server does not federate");
        }
        if (blocks(invitee)) {
            throw new MatrixException(
                    ErrorCode.M_INVITE_BLOCKED, invitee + " does not take invitations");
        }
    }

    /// Whether a local user has said that they take no invitations.
    public boolean blocks(UserId invitee) {
        return users.find(invitee)
                .flatMap(nid ->
                        accountData.find(
                                nid, AccountDataService.GLOBAL, "m.invite_permission_config"))
                .flatMap(content -> Optional.ofNullable(content.get("default_action")))
                .filter(action -> action.isString() && action.stringValue().equals("block"))
                .isPresent();
    }
}
