package dev.lares.core.stateres;

import dev.lares.core.auth.EventAuthorizer;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/// The *iterative auth checks*: builds up a state from events that it allows, one after the other.
final class IterativeAuthChecks {
    private final ResolutionEvents events;
    private final StateMap start;
    private final Map<StateKey, Integer> applied = new HashMap<>();

    IterativeAuthChecks(ResolutionEvents events, StateMap start) {
        this.events = events;
        this.start = start;
    }

    /// Rejected events are checked like all others: what one server rejected, another may have
    /// accepted, and here the two shall come to the same result.
    void apply(int[] sorted) {
        for (int number : sorted) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("Interrupted while resolving state");
            }
            var event = events.get(number);
            if (event.isState()
                    && EventAuthorizer.check(event, key -> lookUp(number, key)).isAllowed()) {
                applied.put(new StateKey(event.type(), event.stateKey().orElseThrow()), number);
            }
        }
    }

    /// The event at a key in the state so far, or -1.
    int find(StateKey key) {
        var number = applied.get(key);
        return number == null ? start.find(events.keyOf(key)) : number;
    }

    Map<StateKey, Integer> applied() {
        return applied;
    }

    private Optional<Pdu> lookUp(int event, StateKey key) {
        int number = find(key);
        return number >= 0
                ? Optional.of(events.get(number))
                : events.findAmongAcceptedAuthEvents(event, key);
    }
}
