package dev.lares.client.devices;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;
import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;

import dev.lares.core.device.Device;
import dev.lares.core.device.DeviceService;
import dev.lares.core.id.DeviceId;
import dev.lares.core.uia.AuthData;
import dev.lares.core.web.EmptyResponse;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// [Device management](https://spec.matrix.org/v1.19/client-server-api/#device-management): of the
/// requester's own devices.
@RestController
class DevicesController {
    private final DeviceService devices;
    private final DeviceDeletionService deletion;

    DevicesController(DeviceService devices, DeviceDeletionService deletion) {
        this.devices = devices;
        this.deletion = deletion;
    }

    /// `GET /_matrix/client/v3/devices`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3devices))
    @SpecEndpoint(operationId = "getDevices", auth = GUEST_TOKEN, rateLimited = false)
    @GetMapping({"/_matrix/client/v3/devices", "/_matrix/client/r0/devices"})
    DevicesResponse getDevices(Requester requester) {
        return new DevicesResponse(
                devices.list(requester.userNid()).stream().map(DeviceResponse::of).toList());
    }

    /// `GET /_matrix/client/v3/devices/{deviceId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3devicesdeviceid))
    @SpecEndpoint(operationId = "getDevice", auth = GUEST_TOKEN, rateLimited = false)
    @GetMapping({"/_matrix/client/v3/devices/{deviceId}", "/_matrix/client/r0/devices/{deviceId}"})
    DeviceResponse getDevice(Requester requester, @PathVariable DeviceId deviceId) {
        return DeviceResponse.of(devices.get(requester.userNid(), deviceId));
    }

    /// `PUT /_matrix/client/v3/devices/{deviceId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3devicesdeviceid)):
    /// a name of at most 100 characters.
    @SpecEndpoint(operationId = "updateDevice", auth = GUEST_TOKEN, rateLimited = false)
    @PutMapping({"/_matrix/client/v3/devices/{deviceId}", "/_matrix/client/r0/devices/{deviceId}"})
    EmptyResponse updateDevice(
            Requester requester,
            @PathVariable DeviceId deviceId,
            @Valid @RequestBody UpdateRequest request) {
        if (request.displayName().isPresent()) {
            devices.rename(requester.userNid(), deviceId, request.displayName().get());
        } else {
            devices.get(requester.userNid(), deviceId);
        }
        return EmptyResponse.INSTANCE;
    }

    record UpdateRequest(Optional<String> displayName) {}

    /// `DELETE /_matrix/client/v3/devices/{deviceId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#delete_matrixclientv3devicesdeviceid)).
    /// Asks for the password.
    @SpecEndpoint(operationId = "deleteDevice", auth = ACCESS_TOKEN, rateLimited = false)
    @DeleteMapping({
        "/_matrix/client/v3/devices/{deviceId}",
        "/_matrix/client/r0/devices/{deviceId}"
    })
    EmptyResponse deleteDevice(
            Requester requester,
            @PathVariable DeviceId deviceId,
            @Valid @RequestBody(required = false) DeleteRequest request) {
        deletion.delete(requester, List.of(deviceId), request.auth());
        return EmptyResponse.INSTANCE;
    }

    record DeleteRequest(Optional<AuthData> auth) {}

    /// `POST /_matrix/client/v3/delete_devices`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3delete_devices)):
    /// at most 1,000. Asks for the password.
    @SpecEndpoint(operationId = "deleteDevices", auth = ACCESS_TOKEN, rateLimited = false)
    @PostMapping({"/_matrix/client/v3/delete_devices", "/_matrix/client/r0/delete_devices"})
    EmptyResponse deleteDevices(
            Requester requester, @Valid @RequestBody DeleteManyRequest request) {
        deletion.delete(requester, request.devices(), request.auth());
        return EmptyResponse.INSTANCE;
    }

    record DeleteManyRequest(@NotNull List<DeviceId> devices, Optional<AuthData> auth) {}

    record DevicesResponse(List<DeviceResponse> devices) {}

    record DeviceResponse(
            DeviceId deviceId,
            Optional<String> displayName,
            Optional<String> lastSeenIp,
            Optional<Long> lastSeenTs) {
        static DeviceResponse of(Device device) {
            return new DeviceResponse(
                    device.deviceId(),
                    device.displayName(),
                    device.lastSeenAddress(),
                    device.lastSeenAt().map(Instant::toEpochMilli));
        }
    }
}
