package dev.lares.core.stateres;

import java.util.BitSet;

/// The auth graph turned round, as far as it lies within a set of events.
final class Citing {
    private final int[] offsets;
    private final int[] events;

    private Citing(int[] offsets, int[] events) {
        this.offsets = offsets;
        this.events = events;
    }

    /// @param citedCounts takes for each event of the set how many of the set it cites
    static Citing within(AuthGraph graph, BitSet set, int[] citedCounts) {
        var offsets = new int[graph.size() + 1];
        for (int event = set.nextSetBit(0); event >= 0; event = set.nextSetBit(event + 1)) {
            for (int edge = graph.edgesFrom(event); edge < graph.edgesTo(event); edge++) {
                if (set.get(graph.target(edge))) {
                    citedCounts[event]++;
                    offsets[graph.target(edge) + 1]++;
                }
            }
        }
        for (int event = 0; event < graph.size(); event++) {
            offsets[event + 1] += offsets[event];
        }
        var events = new int[offsets[graph.size()]];
        var fill = offsets.clone();
        for (int event = set.nextSetBit(0); event >= 0; event = set.nextSetBit(event + 1)) {
            for (int edge = graph.edgesFrom(event); edge < graph.edgesTo(event); edge++) {
                int target = graph.target(edge);
                if (set.get(target)) {
                    events[fill[target]++] = event;
                }
            }
        }
        return new Citing(offsets, events);
    }

    int from(int event) {
        return offsets[event];
    }

    int to(int event) {
        return offsets[event + 1];
    }

    int event(int index) {
        return events[index];
    }
}
