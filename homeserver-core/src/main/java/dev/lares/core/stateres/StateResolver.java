package dev.lares.core.stateres;

import dev.lares.core.auth.AuthEventSelection;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import java.util.BitSet;
import java.util.function.IntFunction;

/// Resolves states by the algorithm of the room's version. Pure: the same conflict has the same
/// result, in whatever order its states come and its events are numbered.
public final class StateResolver {
    private StateResolver() {}

    /// The events that [#resolve] looks at beside the full conflicted set: what these events cite,
    /// and what the undisputed state holds at the keys that they are checked against. Ascending.
    ///
    /// @param events gives the full conflicted set
    public static int[] alsoNeeded(
            StateConflict conflict, StateKeys keys, IntFunction<Pdu> events) {
        var graph = conflict.graph();
        var needed = new BitSet(graph.size());
        int create = keys.number(new StateKey("m.room.create", ""));
        for (var state : conflict.states()) {
            set(needed, state.find(create));
        }
        for (int number : conflict.fullConflictedSet()) {
            for (int edge = graph.edgesFrom(number); edge < graph.edgesTo(number); edge++) {
                needed.set(graph.target(edge));
            }
            for (var key : AuthEventSelection.of(events.apply(number))) {
                set(needed, conflict.unconflicted().find(keys.number(key)));
            }
        }
        needed.andNot(conflict.full());
        return needed.stream().toArray();
    }

    /// The state that the states of the conflict resolve to.
    ///
    /// Throws a [java.util.concurrent.CancellationException] when its thread is interrupted, so
    /// that a time budget can be kept.
    ///
    /// @param keys numbers keys as the states do
    /// @param events gives the full conflicted set and what [#alsoNeeded] names, without I/O
    public static StateMap resolve(
            StateConflict conflict, StateKeys keys, IntFunction<Pdu> events) {
        if (conflict.isEmpty()) {
            return conflict.unconflicted();
        }
        var resolution = new ResolutionEvents(conflict, keys, events);
        return switch (conflict.version().rules().stateResolution()) {
            case V1 -> ResolutionV1.resolve(conflict, resolution);
            case V2, V2_1 -> ResolutionV2.resolve(conflict, resolution);
        };
    }

    private static void set(BitSet needed, int number) {
        if (number >= 0) {
            needed.set(number);
        }
    }
}
