package dev.lares.core.web;

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
public record Requester(
        UserId userId,
        long userNid,
        ServerName domain,
        Optional<DeviceId> deviceId,
        long tokenNid,
        boolean admin,
        boolean guest) {
    private static final String ATTRIBUTE = Requester.class.getName();

    /// Who was let in with this request, if anybody.
    public static Optional<Requester> of(HttpServletRequest request) {
        return Optional.ofNullable((Requester) request.getAttribute(ATTRIBUTE));
    }

    void admitTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
