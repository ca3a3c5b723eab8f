package dev.lares.core.stateres;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// Where Synapse, which computed the vectors, differs from the specification v1.19, and what the
/// specification says instead. A vector with one of these notes must come out as the naive reading
/// of the prose has it, and not as Synapse has it.
enum StateDeviation {
    /// "The full auth chain for each state, that is the union of the auth chains for each event in"
    /// it, and an event's auth chain begins with its auth *events*: an event is not in its own.
    /// Synapse counts the events of a state as part of the state's chain, so that one which another
    /// state only has in its chain is missing from the auth difference.
    AUTH_DIFFERENCE_SELF("auth-difference-self"),
    /// Step 1 enlarges the set "by adding the events in the auth chain" that belong to the full
    /// conflicted set, and the order is based "on the DAG formed by auth events". Synapse follows a
    /// chain only while it stays inside the full conflicted set, and orders by direct links between
    /// its members; a link that leads out of the set and back in is lost.
    POWER_GRAPH("power-graph"),
    /// *Rejected events* "are handled as usual by the algorithm": they are checked again, and may
    /// get into the state. Only as auth events they do not count. Synapse never takes one.
    REJECTED_EVENTS("rejected-events");

    private static final String PREFIX = "deviation:";

    private final String note;

    StateDeviation(String note) {
        this.note = note;
    }

    /// Those that a note names; fails for one that nobody has decided.
    static Set<StateDeviation> of(String note) {
        var found = EnumSet.noneOf(StateDeviation.class);
        if (note.startsWith(PREFIX)) {
            for (var name : note.substring(PREFIX.length()).split("\\+", -1)) {
                found.add(
                        Arrays.stream(values())
                                .filter(deviation -> deviation.note.equals(name))
                                .findFirst()
                                .orElseThrow(
                                        () -> new IllegalStateException("Not decided: " + name)));
            }
        }
        return found;
    }
}
