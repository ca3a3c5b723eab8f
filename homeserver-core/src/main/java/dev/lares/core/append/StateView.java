package dev.lares.core.append;

import dev.lares.core.state.StateChange;
import dev.lares.core.state.StateHash;
import dev.lares.core.state.StateRef;
import dev.lares.core.state.StateVersion;
import java.util.Optional;

/// A state as a stored version and a change on top of it, so that the state after an event need not
/// be stored to be resolved.
///
/// @param hash of the whole
record StateView(StateRef ref, Optional<StateChange> change, StateHash hash) {
    static StateView of(StateVersion version) {
        return new StateView(version.ref(), Optional.empty(), version.hash());
    }
}
