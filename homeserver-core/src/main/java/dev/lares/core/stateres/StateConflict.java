package dev.lares.core.stateres;

import dev.lares.core.roomversion.RoomVersion;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Where states differ, and which events that puts in question. Costs one walk over the auth graph,
/// whatever its shape.
public final class StateConflict {
    private final RoomVersion version;
    private final AuthGraph graph;
    private final List<StateMap> states;
    private final StateMap unconflicted;
    private final BitSet conflicted;
    private final BitSet full;

    private StateConflict(
            RoomVersion version,
            AuthGraph graph,
            List<StateMap> states,
            StateMap unconflicted,
            BitSet conflicted,
            BitSet full) {
        this.version = version;
        this.graph = graph;
        this.states = List.copyOf(states);
        this.unconflicted = unconflicted;
        this.conflicted = conflicted;
        this.full = full;
    }

    /// @param graph holds all events of the states and their auth chains; v1 needs no edges
    /// @param states at least one, in any order; all number their keys alike
    public static StateConflict of(RoomVersion version, AuthGraph graph, List<StateMap> states) {
        if (states.isEmpty()) {
            throw new IllegalArgumentException("There is no state to resolve");
        }
        var algorithm = version.rules().stateResolution();
        var split = StateSplit.of(states, algorithm);
        var full = (BitSet) split.conflicted().clone();
        switch (algorithm) {
            case V1 -> {}
            case V2 -> full.or(AuthChains.difference(graph, states));
            case V2_1 -> {
                full.or(AuthChains.difference(graph, states));
                full.or(AuthChains.between(graph, split.conflicted()));
            }
        }
        return new StateConflict(
                version, graph, states, split.unconflicted(), split.conflicted(), full);
    }

    /// Whether the states differ at all; if not, [#unconflicted] is what they resolve to.
    public boolean isEmpty() {
        return conflicted.isEmpty();
    }

    /// What all states agree on.
    public StateMap unconflicted() {
        return unconflicted;
    }

    /// The *full conflicted set*: the events that resolution decides on, ascending. It must be able
    /// to look at them.
    public int[] fullConflictedSet() {
        return full.stream().toArray();
    }

    RoomVersion version() {
        return version;
    }

    AuthGraph graph() {
        return graph;
    }

    List<StateMap> states() {
        return states;
    }

    /// The full conflicted set; not to be modified.
    BitSet full() {
        return full;
    }

    /// Adds to the unconflicted state what resolution found for other keys.
    StateMap withUnconflicted(int[] keys, int[] events) {
        var size = unconflicted.size();
        var allKeys = Arrays.copyOf(keys, keys.length + size);
        var allEvents = Arrays.copyOf(events, events.length + size);
        for (int i = 0; i < size; i++) {
            allKeys[keys.length + i] = unconflicted.key(i);
            allEvents[events.length + i] = unconflicted.event(i);
        }
        return StateMap.of(allKeys, allEvents);
    }
}
