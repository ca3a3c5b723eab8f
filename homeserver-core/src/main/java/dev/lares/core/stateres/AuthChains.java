package dev.lares.core.stateres;

import java.util.BitSet;
import java.util.List;

/// Questions about who cites whom, however far. Each is answered in one or two walks over the
/// graph, which goes from citing to cited events by descending numbers, and back by ascending ones.
final class AuthChains {
    private AuthChains() {}

    /// The *auth difference*: the events that are in the auth chains of some states and not of all.
    /// An event of a state is in the state's own chain only if another one of the state cites it.
    static BitSet difference(AuthGraph graph, List<StateMap> states) {
        int words = (states.size() + Long.SIZE - 1) / Long.SIZE;
        // One bit a state: held by the state, and in its chain.
        var held = new long[graph.size() * words];
        var chained = new long[graph.size() * words];
        for (int state = 0; state < states.size(); state++) {
            var map = states.get(state);
            for (int i = 0; i < map.size(); i++) {
                held[map.event(i) * words + state / Long.SIZE] |= 1L << state;
            }
        }
        for (int event = graph.size() - 1; event >= 0; event--) {
            for (int edge = graph.edgesFrom(event); edge < graph.edgesTo(event); edge++) {
                for (int word = 0; word < words; word++) {
                    chained[graph.target(edge) * words + word] |=
                            held[event * words + word] | chained[event * words + word];
                }
            }
        }
        var difference = new BitSet(graph.size());
        for (int event = 0; event < graph.size(); event++) {
            int count = 0;
            for (int word = 0; word < words; word++) {
                count += Long.bitCount(chained[event * words + word]);
            }
            difference.set(event, count > 0 && count < states.size());
        }
        return difference;
    }

    /// The events on paths from one of the set to another, ends included: the *conflicted state
    /// subgraph* of v2.1.
    static BitSet between(AuthGraph graph, BitSet set) {
        var between = below(graph, set);
        between.and(above(graph, set));
        return between;
    }

    /// The set and all that it cites, however far.
    static BitSet below(AuthGraph graph, BitSet set) {
        var below = (BitSet) set.clone();
        for (int event = below.length() - 1; event >= 0; event = below.previousSetBit(event - 1)) {
            for (int edge = graph.edgesFrom(event); edge < graph.edgesTo(event); edge++) {
                below.set(graph.target(edge));
            }
        }
        return below;
    }

    /// The set and all that cites it, however far.
    private static BitSet above(AuthGraph graph, BitSet set) {
        var above = (BitSet) set.clone();
        for (int event = 0; event < graph.size(); event++) {
            for (int edge = graph.edgesFrom(event); edge < graph.edgesTo(event); edge++) {
                if (above.get(graph.target(edge))) {
                    above.set(event);
                    break;
                }
            }
        }
        return above;
    }
}
