package dev.lares.client.administration;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import dev.lares.core.device.Device;
import dev.lares.core.id.UserId;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// [Server administration](https://spec.matrix.org/v1.19/client-server-api/#server-administration).
@RestController
class WhoIsController {
    private final WhoIsService whoIs;

    WhoIsController(WhoIsService whoIs) {
        this.whoIs = whoIs;
    }

    /// `GET /_matrix/client/v3/admin/whois/{userId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3adminwhoisuserid)):
    /// for administrators, and for everybody about themselves.
    @SpecEndpoint(operationId = "getWhoIs", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/admin/whois/{userId}",
        "/_matrix/client/r0/admin/whois/{userId}"
    })
    WhoIsResponse getWhoIs(Requester requester, @PathVariable UserId userId) {
        return WhoIsResponse.of(userId, whoIs.find(requester, userId));
    }

    /// @param devices by device ID
    record WhoIsResponse(UserId userId, Map<String, DeviceSessions> devices) {
        static WhoIsResponse of(UserId userId, List<Device> devices) {
            var byId = new LinkedHashMap<String, DeviceSessions>();
            for (var device : devices) {
                var connection =
                        new Connection(
                                device.lastSeenAddress(),
                                device.lastSeenAt().map(Instant::toEpochMilli),
                                device.lastSeenUserAgent());
                var connections =
                        device.lastSeenAt().isPresent()
                                ? List.of(connection)
                                : List.<Connection>of();
                var session = new DeviceSession(connections);
                byId.put(device.deviceId().value(), new DeviceSessions(List.of(session)));
            }
            return new WhoIsResponse(userId, byId);
        }
    }

    record DeviceSessions(List<DeviceSession> sessions) {}

    record DeviceSession(List<Connection> connections) {}

    record Connection(Optional<String> ip, Optional<Long> lastSeen, Optional<String> userAgent) {}
}
