package dev.lares.core.append;

import dev.lares.core.auth.AuthDecision;
import dev.lares.core.state.StateVersion;
import java.util.Set;

/// What follows for an event from the events that it cites alone, and so never changes.
///
/// @param before the state before it
/// @param decision of the authorization rules on that state
/// @param replacedNid what stands before it at its place in the state; 0 where nothing does, and
///   for what is not state
/// @param outdated events that are no extremities any more once it is one: those that it cites, and
///   those that these cite where they themselves were not accepted
record Assessment(
        StateVersion before, AuthDecision decision, long replacedNid, Set<Long> outdated) {
    Assessment {
        outdated = Set.copyOf(outdated);
    }
}
