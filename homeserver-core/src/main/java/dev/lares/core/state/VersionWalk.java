package dev.lares.core.state;

import dev.lares.core.state.StateCheckRepository.EntryRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Follows a state from version to version of a line by the line's entries, and its hash with it.
final class VersionWalk {
    private final StateHasher hasher;
    private final Map<Long, Long> state;
    private StateHash hash;
    private int entries;
    private int size;

    /// @param state where the walk begins: the events of at least the keys that the line names
    /// @param hash of that whole state
    /// @param entries how many rows the line holds before the walk begins
    VersionWalk(StateHasher hasher, Map<Long, Long> state, StateHash hash, int entries) {
        this.hasher = hasher;
        this.state = new HashMap<>(state);
        this.hash = hash;
        this.entries = entries;
        this.size = state.size();
    }

    StateHash hash() {
        return hash;
    }

    int entries() {
        return entries;
    }

    /// The next entry; its version must not be older than the one before.
    void step(EntryRow row) {
        entries++;
        var old = state.getOrDefault(row.keyNid(), 0L);
        state.put(row.keyNid(), row.eventNid());
        if (old != row.eventNid()) {
            var change = new StateChange(row.keyNid(), old, row.eventNid());
            hash = hasher.after(hash, List.of(change));
            size += change.growth();
        }
    }

    /// The versions that the rows, in the order of versions, make.
    List<StateVersion> versions(int line, List<EntryRow> rows) {
        var versions = new ArrayList<StateVersion>();
        for (var i = 0; i < rows.size(); i++) {
            step(rows.get(i));
            var ver = rows.get(i).ver();
            if (i + 1 == rows.size() || rows.get(i + 1).ver() != ver) {
                versions.add(new StateVersion(new StateRef(line, ver), hash, entries, size));
            }
        }
        return versions;
    }
}
