package dev.lares.client.slidingsync;

import dev.lares.core.event.StateKey;
import dev.lares.core.state.StateSelection;
import java.util.Set;

/// The state that one list or subscription asks for.
///
/// @param include what is wanted
/// @param exclude what of this is not
record RequiredState(Set<StatePattern> include, Set<StatePattern> exclude, Members members) {
    RequiredState {
        include = Set.copyOf(include);
        exclude = Set.copyOf(exclude);
    }

    /// Which members come with patterns that name none.
    enum Members {
        ALL,
        /// Those whom the timeline shows, and those that change.
        LAZY
    }

    boolean wants(StateKey key) {
        boolean lazyMember = members == Members.LAZY && key.type().equals(StateSelection.MEMBER);
        return include.stream()
                        .filter(pattern -> !lazyMember || !pattern.coversAllMembers())
                        .anyMatch(pattern -> pattern.matches(key))
                && exclude.stream().noneMatch(pattern -> pattern.matches(key));
    }

    boolean wantsAllMembers() {
        return members == Members.ALL && include.stream().anyMatch(StatePattern::coversAllMembers);
    }
}
