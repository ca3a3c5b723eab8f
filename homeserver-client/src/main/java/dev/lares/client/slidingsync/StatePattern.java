package dev.lares.client.slidingsync;

import dev.lares.core.event.StateKey;
import dev.lares.core.state.StateSelection;
import java.util.Optional;

/// Places of a state that a client wants.
///
/// @param type absent: every type
/// @param stateKey absent: every state key
record StatePattern(Optional<String> type, Optional<String> stateKey) {
    boolean matches(StateKey key) {
        return (type.isEmpty() || type.get().equals(key.type()))
                && (stateKey.isEmpty() || stateKey.get().equals(key.stateKey()));
    }

    /// Whether it is of all members, of whom only the ones shown come where members come lazily.
    boolean coversAllMembers() {
        return stateKey.isEmpty() && (type.isEmpty() || type.get().equals(StateSelection.MEMBER));
    }
}
