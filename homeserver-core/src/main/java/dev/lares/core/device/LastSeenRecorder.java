package dev.lares.core.device;

import dev.lares.core.device.DeviceRepository.LastSeenRow;
import dev.lares.core.id.DeviceId;
import dev.lares.core.work.Worker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Notes when and from where devices call, and writes it down for many at once, each at most once a
/// minute. A crash loses at most a minute of it.
@Component
public class LastSeenRecorder implements SmartLifecycle {
    /// How many devices wait at most to be written; further ones are noted after the next write.
    static final int WAITING_MAX = 20_000;

    private static final int USER_AGENT_LENGTH_MAX = 255;
    private static final Duration BETWEEN_WRITES = Duration.ofMinutes(1);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final DeviceRepository devices;
    private final Clock clock;
    private final ConcurrentHashMap<Key, LastSeenRow> waiting = new ConcurrentHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Worker writer = new Worker("last-seen", this::waitAndWrite);
    private volatile boolean running;

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

    /// Writes what waits. What cannot be written is left out: the next request notes it again.
    void write() {
        var rows = new ArrayList<LastSeenRow>();
        for (var row : waiting.values()) {
            if (waiting.remove(new Key(row.userNid(), row.deviceId()), row)) {
                rows.add(row);
            }
        }
        if (!rows.isEmpty()) {
            devices.updateLastSeen(rows);
        }
    }

    private void waitAndWrite() throws InterruptedException {
        if (!stopping.await(BETWEEN_WRITES.toMillis(), TimeUnit.MILLISECONDS)) {
            write();
        }
    }

    @Override
    public void start() {
        running = true;
        writer.start();
    }

    @Override
    public void stop() {
        running = false;
        stopping.countDown();
        writer.stop(STOP_PATIENCE);
        write();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private record Key(long userNid, DeviceId deviceId) {}
}
