package dev.lares.core.state;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Where the main lines of rooms stand. Who appends asks once a room, under the room's lock, and
/// from then on counts in memory with [LinePlanner#next].
@Service
public class MainLines {
    private final StateLineRepository lines;
    private final StateHashKeyRepository keys;
    private volatile @Nullable LinePlanner planner;

    MainLines(StateLineRepository lines, StateHashKeyRepository keys) {
        this.lines = lines;
        this.keys = keys;
    }

    /// The newest version of each room's main line; rooms without state are missing.
    public Map<Long, StateVersion> tips(Collection<Long> roomNids) {
        return roomNids.isEmpty() ? Map.of() : lines.findMainTips(roomNids);
    }

    /// Plans with the secret of this database. Not before the log was opened on it.
    public LinePlanner planner() {
        var known = planner;
        if (known == null) {
            known = new LinePlanner(hasher());
            planner = known;
        }
        return known;
    }

    private StateHasher hasher() {
        return keys.find()
                .map(StateHasher::new)
                .orElseThrow(() -> new IllegalStateException("The table log_epoch has no row"));
    }
}
