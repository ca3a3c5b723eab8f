package dev.lares.core.state;

import java.util.Collection;
import java.util.Map;
import org.springframework.stereotype.Service;

/// Where the main lines of rooms stand. Who appends asks once a room, under the room's lock, and
/// from then on counts in memory with [LinePlanner#next].
@Service
public class MainLines {
    private final StateLineRepository lines;

    MainLines(StateLineRepository lines) {
        this.lines = lines;
    }

    /// The newest version of each room's main line; rooms without state are missing.
    public Map<Long, StateVersion> tips(Collection<Long> roomNids) {
        return roomNids.isEmpty() ? Map.of() : lines.findMainTips(roomNids);
    }
}
