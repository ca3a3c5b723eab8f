package dev.lares.client.userdirectory;

import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.Lease;
import dev.lares.core.log.LogReader;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.springframework.stereotype.Component;

/// Keeps the user directory behind the log.
@Component
class UserDirectoryFeed implements LogReader {
    /// What changes whether and how users are found.
    private static final List<String> OF_USERS = List.of("profile", "account_change", "device");

    private static final Duration GATHER = Duration.ofMillis(50);

    private final UserDirectoryIndex index;

    UserDirectoryFeed(UserDirectoryIndex index) {
        this.index = index;
    }

    @Override
    public String name() {
        return "user.directory";
    }

    @Override
    public Duration pause() {
        return GATHER;
    }

    @Override
    public void read(AppliedBatch batch, Lease lease) {
        if (!Collections.disjoint(batch.streams(), OF_USERS)) {
            batch.users().forEach(index::indexUser);
        }
        if (batch.streams().contains("state")) {
            index.indexRooms(batch.rooms());
        }
    }
}
