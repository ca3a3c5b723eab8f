package dev.lares.core.state;

import dev.lares.core.event.StateKey;
import dev.lares.core.log.Position;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// Reads rooms' states, at the version that an event refers to or as they were current at a
/// position. A call costs one statement, or at most three, whatever the number of rooms. Says
/// nothing of who may see what.
@Service
public class StateReader {
    private static final StateLookup ABSENT = new StateLookup.Absent();
    private static final StateLookup UNKNOWN = new StateLookup.Unknown();

    private final StateEntryRepository entries;
    private final StateHistoryRepository history;

    StateReader(StateEntryRepository entries, StateHistoryRepository history) {
        this.entries = entries;
        this.history = history;
    }

    /// One key of the state at a version.
    public StateLookup find(long roomNid, StateRef ref, StateKey key) {
        return find(roomNid, ref, Set.of(key)).getOrDefault(key, ABSENT);
    }

    /// Some keys of the state at a version; the answer names each of them.
    public Map<StateKey, StateLookup> find(long roomNid, StateRef ref, Set<StateKey> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        var found = new HashMap<StateKey, StateLookup>();
        for (var entry : entries.at(roomNid, ref, new StateSelection.Keys(keys))) {
            found.put(entry.key(), new StateLookup.Known(entry.eventNid()));
        }
        var missing = new HashSet<>(keys);
        missing.removeAll(found.keySet());
        var open =
                missing.stream().anyMatch(key -> key.type().equals(StateSelection.MEMBER))
                        && entries.isPartial(roomNid, ref);
        for (var key : missing) {
            var unknown = open && key.type().equals(StateSelection.MEMBER);
            found.put(key, unknown ? UNKNOWN : ABSENT);
        }
        return found;
    }

    /// The state at a version, or a part of it. In a partial state, what is known.
    public List<StateEntry> state(long roomNid, StateRef ref, StateSelection selection) {
        return entries.at(roomNid, ref, selection);
    }

    /// The events of some keys at a version, by internal numbers. Absent keys are missing.
    public Map<Long, Long> events(long roomNid, StateRef ref, Collection<Long> keyNids) {
        var found = entries.at(roomNid, ref, keyNids);
        found.values().removeIf(eventNid -> eventNid == 0);
        return found;
    }

    /// The current state of each room as of a position, or a part of it. Rooms of which nothing is
    /// found are missing.
    public Map<Long, List<StateEntry>> stateAt(
            Collection<Long> roomNids, Position at, StateSelection selection) {
        return roomNids.isEmpty() ? Map.of() : entries.at(roomNids, at, selection);
    }

    /// Other keys of each room's current state as of a position: members to be lazy-loaded, say.
    public Map<Long, List<StateEntry>> stateAt(Map<Long, Set<StateKey>> keys, Position at) {
        return keys.isEmpty() ? Map.of() : entries.at(keys, at);
    }

    /// The current state of each room as of a position of its own, members included.
    public Map<Long, List<StateEntry>> wholeAt(Map<Long, Position> positions) {
        return positions.isEmpty() ? Map.of() : history.wholeAt(positions);
    }

    /// As [#wholeAt], without members.
    public Map<Long, List<StateEntry>> withoutMembersAt(Map<Long, Position> positions) {
        return positions.isEmpty() ? Map.of() : history.withoutMembersAt(positions);
    }

    /// Other keys of each room's current state, each room as of a position of its own.
    public Map<Long, List<StateEntry>> stateAt(
            Map<Long, Set<StateKey>> keys, Map<Long, Position> positions) {
        return keys.isEmpty() ? Map.of() : history.at(keys, positions);
    }

    /// Each change of the current state of each room in its window, oldest first.
    public Map<Long, List<StateStep>> steps(Collection<StateWindow> windows) {
        return windows.isEmpty() ? Map.of() : history.steps(windows);
    }

    /// What changed in the current state of each room in its window: the newest event of each key
    /// that changed, 0 where it was removed. Rooms without a change are missing.
    public Map<Long, List<StateEntry>> delta(
            Collection<StateWindow> windows, StateSelection selection) {
        if (windows.isEmpty()) {
            return Map.of();
        }
        var changes = entries.delta(windows);
        if (selection instanceof StateSelection.Whole) {
            return changes;
        }
        return changes.entrySet().stream()
                .map(room ->
                        Map.entry(
                                room.getKey(),
                                room.getValue().stream()
                                        .filter(entry -> selection.contains(entry.key()))
                                        .toList()))
                .filter(room -> !room.getValue().isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// Which version of each room's main line was current at a position. Rooms that had no state
    /// then are missing.
    public Map<Long, StateRef> refsAt(Collection<Long> roomNids, Position at) {
        return roomNids.isEmpty() ? Map.of() : entries.refsAt(roomNids, at);
    }

    /// The state of each room as of now. Newer than any token: never what a sync answers from.
    public Map<Long, List<StateEntry>> current(
            Collection<Long> roomNids, StateSelection selection) {
        return roomNids.isEmpty() ? Map.of() : entries.current(roomNids, selection);
    }
}
