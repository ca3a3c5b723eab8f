package dev.lares.client.userdirectory;

import dev.lares.core.log.Lease;
import dev.lares.core.log.Leases;
import dev.lares.core.log.LogFollower;
import dev.lares.core.work.BackgroundLoop;
import dev.lares.core.work.BackgroundWork;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// Takes into the user directory what the log does not tell of: what was there before the directory
/// was, and accounts that were made without signing in. On one replica.
@Component
@BackgroundWork
class UserDirectoryFillWorker extends BackgroundLoop {
    private static final String LEASE = "user.directory.fill";
    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int CHUNK = 500;

    private final UserDirectoryRepository users;
    private final OpenRoomRepository openRooms;
    private final UserDirectoryIndex index;
    private final Leases leases;

    UserDirectoryFillWorker(
            UserDirectoryRepository users,
            OpenRoomRepository openRooms,
            UserDirectoryIndex index,
            Leases leases) {
        super("user-directory-fill");
        this.users = users;
        this.openRooms = openRooms;
        this.index = index;
        this.leases = leases;
    }

    @Override
    protected void round() throws InterruptedException {
        var lease = leases.tryAcquire(LEASE);
        if (lease.isEmpty()) {
            pause(PATIENCE);
            return;
        }
        try {
            while (lease.get().isValid() && !stops()) {
                fill(lease.get());
                pause(PERIOD);
            }
        } finally {
            leases.release(lease.get());
        }
    }

    private void fill(Lease lease) {
        for (var missing = users.findMissing(CHUNK);
                !missing.isEmpty() && lease.isValid() && !stops();
                missing = users.findMissing(CHUNK)) {
            missing.forEach(index::indexUser);
        }
        for (var missing = openRooms.findMissing(CHUNK);
                !missing.isEmpty() && lease.isValid() && !stops();
                missing = openRooms.findMissing(CHUNK)) {
            index.indexRooms(missing);
        }
    }

    @Override
    public int getPhase() {
        return LogFollower.PHASE + 2;
    }
}
