package dev.lares.core.append;

import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.state.StateChange;
import dev.lares.core.state.StateHash;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What becomes of the current state when the states after a room's extremities are others.
///
/// @param from the current state that it is counted from
/// @param inputs the states after the extremities. While they are the same, so is their result.
record Resolution(StateHash from, Set<StateHash> inputs, List<Changed> changes) {
    Resolution {
        inputs = Set.copyOf(inputs);
        changes = List.copyOf(changes);
    }

    /// A place in the current state that gets another event.
    ///
    /// @param event what stands there from now on
    /// @param memberNid the user whose membership it is
    record Changed(
            StateKey key, StateChange change, Optional<Pdu> event, Optional<Long> memberNid) {}

    boolean isFor(StateHash current, Set<StateHash> states) {
        return from.equals(current) && inputs.equals(states);
    }
}
