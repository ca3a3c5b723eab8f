package dev.lares.core.state;

import dev.lares.core.event.StateKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.springframework.stereotype.Service;

/// Internal numbers of the places in a room's state.
@Service
public class StateKeys {
    private final StateKeyRepository repository;

    StateKeys(StateKeyRepository repository) {
        this.repository = repository;
    }

    /// Those of the keys that the room has ever had, in one statement.
    public Map<StateKey, Long> find(long roomNid, Collection<StateKey> keys) {
        return keys.isEmpty() ? Map.of() : repository.find(roomNid, keys);
    }

    /// All of the keys; new ones get a number. The caller's transaction holds the room's lock, so
    /// that nobody else numbers the same keys.
    public Map<StateKey, Long> intern(long roomNid, Collection<StateKey> keys) {
        var found = new HashMap<>(find(roomNid, keys));
        var missing = new HashSet<>(keys);
        missing.removeAll(found.keySet());
        if (!missing.isEmpty()) {
            found.putAll(repository.insert(roomNid, missing));
            missing.removeAll(found.keySet());
        }
        if (!missing.isEmpty()) {
            // Someone numbered them without the lock, in between.
            found.putAll(repository.find(roomNid, missing));
        }
        return found;
    }
}
