package dev.lares.core.append;

import dev.lares.core.event.StateKey;
import dev.lares.core.room.RoomRef;
import dev.lares.core.state.StateKeys;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Numbers places in rooms' states before the append of the event that stands there.
@Service
class LaneKeyService {
    private final StateKeys keys;

    LaneKeyService(StateKeys keys) {
        this.keys = keys;
    }

    /// One statement numbers a key, so that the room's lock is not needed.
    @Transactional
    long intern(RoomRef room, StateKey key) {
        return Objects.requireNonNull(keys.intern(room.roomNid(), List.of(key)).get(key));
    }
}
