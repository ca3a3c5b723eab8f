package dev.lares.core.stateres;

import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import java.util.Optional;
import java.util.function.IntFunction;

/// The events of a resolution by their numbers.
final class ResolutionEvents {
    private static final String CREATE = "m.room.create";

    private final StateConflict conflict;
    private final StateKeys keys;
    private final IntFunction<Pdu> events;
    private final Optional<Pdu> impliedCreate;

    ResolutionEvents(StateConflict conflict, StateKeys keys, IntFunction<Pdu> events) {
        this.conflict = conflict;
        this.keys = keys;
        this.events = events;
        this.impliedCreate = findImpliedCreate();
    }

    Pdu get(int event) {
        return events.apply(event);
    }

    int keyOf(StateKey key) {
        return keys.number(key);
    }

    /// What an event cites for a key, accepted or not. From v12 on the room ID stands for citing
    /// the create event.
    Optional<Pdu> findAmongAuthEvents(int event, StateKey key) {
        return find(event, key, AuthGraph.Verdict.REJECTED);
    }

    /// The same, but only what was accepted.
    Optional<Pdu> findAmongAcceptedAuthEvents(int event, StateKey key) {
        return find(event, key, AuthGraph.Verdict.ACCEPTED);
    }

    private Optional<Pdu> find(int event, StateKey key, AuthGraph.Verdict worst) {
        if (impliedCreate.isPresent() && isCreate(key)) {
            return impliedCreate;
        }
        var graph = conflict.graph();
        for (int edge = graph.edgesFrom(event); edge < graph.edgesTo(event); edge++) {
            int cited = graph.target(edge);
            boolean usable = worst == AuthGraph.Verdict.REJECTED || !graph.isRejected(cited);
            if (usable && get(cited).is(key.type(), key.stateKey())) {
                return Optional.of(get(cited));
            }
        }
        return Optional.empty();
    }

    private Optional<Pdu> findImpliedCreate() {
        if (!conflict.version().rules().roomIdFromCreateEvent()) {
            return Optional.empty();
        }
        int key = keys.number(new StateKey(CREATE, ""));
        return conflict.states().stream()
                .mapToInt(state -> state.find(key))
                .filter(event -> event >= 0)
                .mapToObj(events)
                .filter(event ->
                        event.roomId()
                                .value()
                                .substring(1)
                                .equals(event.eventId().value().substring(1)))
                .findFirst();
    }

    private static boolean isCreate(StateKey key) {
        return key.type().equals(CREATE) && key.stateKey().isEmpty();
    }
}
