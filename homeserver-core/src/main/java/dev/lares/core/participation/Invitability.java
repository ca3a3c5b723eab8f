package dev.lares.core.participation;

import dev.lares.core.domain.HostedDomains;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.UserId;
import org.springframework.stereotype.Component;

/// Who can be invited at all ([invite
/// permission](https://spec.matrix.org/v1.19/client-server-api/#invite-permission)). A local user
/// need not have an account yet: organisations invite people before their first login.
@Component
public class Invitability {
    private final HostedDomains domains;

    Invitability(HostedDomains domains) {
        this.domains = domains;
    }

    /// `M_FORBIDDEN` for users of other servers, which this one cannot reach.
    public void require(UserId invitee) {
        if (!domains.isLocal(invitee)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "Users of other servers cannot be invited: this server does not federate");
        }
    }
}
