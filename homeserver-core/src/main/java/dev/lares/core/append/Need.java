package dev.lares.core.append;

import dev.lares.core.room.RoomRef;
import dev.lares.core.state.StateHash;
import dev.lares.core.state.StateVersion;
import java.util.List;
import java.util.Map;

/// What the writer cannot find out about an event without reading or resolving states, so that the
/// event leaves the batch for the background lane.
sealed interface Need {
    RoomRef room();

    Incoming incoming();

    /// The state before the event.
    record Assess(RoomRef room, Incoming incoming) implements Need {}

    /// The current state with the event.
    ///
    /// @param authNids the events that it cites as its auth events
    /// @param knownNid its number, if it has one already; else 0
    /// @param main the current state without it
    /// @param others the other extremities that will be left, and the states after them
    record Resolve(
            RoomRef room,
            Incoming incoming,
            Assessment assessment,
            List<Long> authNids,
            long knownNid,
            StateVersion main,
            Map<Long, StateHash> others)
            implements Need {
        public Resolve {
            authNids = List.copyOf(authNids);
            others = Map.copyOf(others);
        }
    }
}
