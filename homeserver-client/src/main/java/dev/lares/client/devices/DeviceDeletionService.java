package dev.lares.client.devices;

import dev.lares.core.device.DeviceService;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.DeviceId;
import dev.lares.core.uia.AuthData;
import dev.lares.core.uia.UiaFlow;
import dev.lares.core.uia.UiaOperation;
import dev.lares.core.uia.UiaService;
import dev.lares.core.uia.UiaStage;
import dev.lares.core.web.Requester;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Lets users delete their devices, and so end sessions, once they have shown their password.
@Service
class DeviceDeletionService {
    private static final int DEVICES_MAX = 1_000;

    private final DeviceService devices;
    private final UiaService uia;

    DeviceDeletionService(DeviceService devices, UiaService uia) {
        this.devices = devices;
        this.uia = uia;
    }

    /// A challenge for the password, or `M_INVALID_PARAM` for more than 1,000. Devices that there
    /// are not are passed over.
    void delete(Requester requester, List<DeviceId> deviceIds, Optional<AuthData> auth) {
        if (deviceIds.size() > DEVICES_MAX) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "At most 1000 devices are deleted at once");
        }
        var distinct = deviceIds.stream().distinct().toList();
        var pass =
                uia.require(
                        new UiaOperation(
                                "deleteDevices",
                                Optional.of(requester),
                                List.of(UiaFlow.of(UiaStage.PASSWORD)),
                                distinct.stream()
                                        .map(DeviceId::value)
                                        .sorted()
                                        .map(Optional::of)
                                        .toList()),
                        auth);
        devices.delete(requester.userNid(), distinct);
        uia.finish(pass);
    }
}
