package dev.lares.core.device;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.DeviceId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.LogWriter;
import dev.lares.core.log.StreamRow;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// The devices of local users. Who may do what is decided by the callers.
@Service
public class DeviceService {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final DeviceRepository devices;
    private final LogWriter log;

    DeviceService(DeviceRepository devices, LogWriter log) {
        this.devices = devices;
        this.log = log;
    }

    /// All devices of the user, by their IDs; of more than 10,000 only the first.
    public List<Device> list(long userNid) {
        return devices.findAll(userNid);
    }

    /// `M_NOT_FOUND` where the user has no such device.
    public Device get(long userNid, DeviceId deviceId) {
        return devices.find(userNid, deviceId)
                .orElseThrow(() ->
                        new MatrixException(ErrorCode.M_NOT_FOUND, "You have no such device"));
    }

    /// `M_NOT_FOUND` where the user has no such device, `M_INVALID_PARAM` for a name of more than
    /// 100 characters.
    public void rename(long userNid, DeviceId deviceId, String name) {
        DeviceNames.require(name);
        if (!get(userNid, deviceId).displayName().equals(Optional.of(name))) {
            append(DeviceChanges.rename(userNid, deviceId, name));
        }
    }

    /// Deletes devices with their tokens and all that waits for them, on every replica. A device
    /// that there is not is passed over.
    public void delete(long userNid, Collection<DeviceId> deviceIds) {
        if (!deviceIds.isEmpty()) {
            append(DeviceChanges.delete(userNid, deviceIds));
        }
    }

    private void append(StreamRow row) {
        var item = new AppendItem(Optional.empty(), List.of(), List.of(row), Optional.empty());
        log.append(item, DEADLINE);
    }
}
