package dev.lares.core.device;

import dev.lares.core.device.DeviceRepository.LastSeenRow;
import dev.lares.core.id.DeviceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Notes when and from where devices call, and writes it down for many at once. What a crash loses
/// is at most a minute of it.
@Component
public class LastSeenRecorder {
    /// How many devices wait at most to be written; further ones are noted after the next write.
    static final int WAITING_MAX = 20_000;

    /// A device that was noted is not noted again for this long.
    static final Duration RESOLUTION = Duration.ofMinutes(1);

    private static final int USER_AGENT_LENGTH_MAX = 255;
    private static final Logger log = LoggerFactory.getLogger(LastSeenRecorder.class);

    private final DeviceRepository devices;
    private final Clock clock;
    private final ConcurrentHashMap<Key, LastSeenRow> waiting = new ConcurrentHashMap<>();

    LastSeenRecorder(DeviceRepository devices, Clock clock) {
        this.devices = devices;
        this.clock = clock;
    }

    /// Memory only.
    public void seen(long userNid, DeviceId deviceId, String address, String userAgent) {
        if (waiting.size() >= WAITING_MAX) {
            return;
        }
        var row =
                new LastSeenRow(
                        userNid,
                        deviceId,
                        Instant.now(clock),
                        address,
                        userAgent.length() > USER_AGENT_LENGTH_MAX
                                ? userAgent.substring(0, USER_AGENT_LENGTH_MAX)
                                : userAgent);
        waiting.put(new Key(userNid, deviceId), row);
    }

    /// Writes what waits.
    @Scheduled(fixedDelayString = "PT10S")
    void write() {
        var rows = new ArrayList<LastSeenRow>();
        for (var row : waiting.values()) {
            if (waiting.remove(new Key(row.userNid(), row.deviceId()), row)) {
                rows.add(row);
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        try {
            devices.updateLastSeen(rows);
        } catch (DataAccessException e) {
            log.warn("{} devices' last activity was not written down", rows.size(), e);
        }
    }

    private record Key(long userNid, DeviceId deviceId) {}
}
