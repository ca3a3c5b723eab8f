package dev.lares.core.web;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.DeviceId;
import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/// Who makes a client request, as the access token says. A controller takes it as a parameter.
///
/// @param userNid the user's internal number
/// @param domain the hosted domain of the user
/// @param deviceId absent for tokens without a device
/// @param tokenNid the internal number of the access token
/// @param suspended whether the account is
///   [suspended](https://spec.matrix.org/v1.19/client-server-api/#account-suspension)
public record Requester(
        UserId userId,
        long userNid,
        ServerName domain,
        Optional<DeviceId> deviceId,
        long tokenNid,
        boolean admin,
        boolean guest,
        boolean suspended) {
    private static final String ATTRIBUTE = Requester.class.getName();

    /// Who was let in with this request, if anybody.
    public static Optional<Requester> of(HttpServletRequest request) {
        return Optional.ofNullable((Requester) request.getAttribute(ATTRIBUTE));
    }

    /// `M_USER_SUSPENDED` where the account is suspended. For what depends on more than the
    /// endpoint, which says itself whether suspended users may call it.
    public void requireNotSuspended() {
        if (suspended) {
            throw new MatrixException(
                    ErrorCode.M_USER_SUSPENDED, "You cannot perform this action while suspended");
        }
    }

    void admitTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
