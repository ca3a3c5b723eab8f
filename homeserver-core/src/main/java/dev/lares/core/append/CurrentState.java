package dev.lares.core.append;

import dev.lares.core.event.StateKey;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is remembered of a room's current state: places and the events that stand there. Immutable;
/// a change copies only what changed recently.
final class CurrentState {
    private static final int RECENT_MAX = 128;

    /// All that a new room has.
    static final CurrentState EMPTY = new CurrentState(Map.of(), Map.of(), Extent.WHOLE);

    /// Nothing is remembered, whatever there is.
    static final CurrentState UNKNOWN = new CurrentState(Map.of(), Map.of(), Extent.PART);

    private final Map<StateKey, Slot> settled;
    private final Map<StateKey, Slot> recent;
    private final Extent extent;

    private CurrentState(Map<StateKey, Slot> settled, Map<StateKey, Slot> recent, Extent extent) {
        this.settled = settled;
        this.recent = recent;
        this.extent = extent;
    }

    /// A place in the state.
    ///
    /// @param keyNid its internal number; 0 while it has none
    /// @param eventNid what stands there; 0 where nothing does
    record Slot(long keyNid, long eventNid) {
        static final Slot NEVER = new Slot(0, 0);
    }

    private enum Extent {
        /// What is not remembered is absent.
        WHOLE,
        /// What is not remembered has to be read.
        PART
    }

    /// The place, or null where memory does not know it.
    @Nullable Slot find(StateKey key) {
        var slot = recent.get(key);
        if (slot == null) {
            slot = settled.get(key);
        }
        return slot == null && extent == Extent.WHOLE ? Slot.NEVER : slot;
    }

    CurrentState with(StateKey key, Slot slot) {
        return with(Map.of(key, slot));
    }

    CurrentState with(Map<StateKey, Slot> changes) {
        if (changes.isEmpty()) {
            return this;
        }
        var newer = new HashMap<>(recent);
        newer.putAll(changes);
        if (newer.size() <= RECENT_MAX) {
            return new CurrentState(settled, newer, extent);
        }
        var all = new HashMap<>(settled);
        all.putAll(newer);
        return new CurrentState(all, Map.of(), extent);
    }

    /// How many places are remembered.
    int size() {
        return settled.size() + recent.size();
    }
}
