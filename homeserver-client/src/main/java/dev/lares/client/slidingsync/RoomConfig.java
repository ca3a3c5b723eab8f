package dev.lares.client.slidingsync;

import dev.lares.core.event.StateKey;
import dev.lares.core.state.StateSelection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/// What is told of a room: the superset of what all lists and subscriptions ask for that it is in.
///
/// @param timelineLimit most events of an answer
record RoomConfig(int timelineLimit, Set<RequiredState> required) {
    RoomConfig {
        required = Set.copyOf(required);
    }

    RoomConfig with(RoomConfig other) {
        if (equals(other)) {
            return this;
        }
        var both = new HashSet<>(required);
        both.addAll(other.required);
        return new RoomConfig(Math.max(timelineLimit, other.timelineLimit), both);
    }

    boolean wants(StateKey key) {
        return required.stream().anyMatch(one -> one.wants(key));
    }

    boolean wantsAllMembers() {
        return required.stream().anyMatch(RequiredState::wantsAllMembers);
    }

    boolean lazyMembers() {
        return !wantsAllMembers()
                && required.stream().anyMatch(one -> one.members() == RequiredState.Members.LAZY);
    }

    /// The members that are asked for by name.
    Set<StateKey> namedMembers() {
        return required.stream()
                .flatMap(one -> one.include().stream())
                .filter(pattern -> pattern.type().orElse("").equals(StateSelection.MEMBER))
                .flatMap(pattern -> pattern.stateKey().stream())
                .map(stateKey -> new StateKey(StateSelection.MEMBER, stateKey))
                .filter(this::wants)
                .collect(Collectors.toUnmodifiableSet());
    }
}
