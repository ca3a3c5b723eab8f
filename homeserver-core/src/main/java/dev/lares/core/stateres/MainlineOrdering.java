package dev.lares.core.stateres;

import dev.lares.core.event.Pdu;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;

/// The *mainline ordering*: events by the power levels that they rest on, those on older ones
/// first.
final class MainlineOrdering {
    private static final int UNKNOWN = -1;
    private static final int NOT_ON_MAINLINE = Integer.MAX_VALUE;

    private final AuthGraph graph;
    private final ResolutionEvents events;

    /// Place on the mainline of those that are on it.
    private final int[] places;

    /// Mainline position of what has been asked for so far; of power levels on the way, too.
    private final int[] positions;

    /// @param powerLevels the event on which the mainline starts, or -1
    MainlineOrdering(AuthGraph graph, ResolutionEvents events, int powerLevels) {
        this.graph = graph;
        this.events = events;
        places = new int[graph.size()];
        positions = new int[graph.size()];
        Arrays.fill(places, NOT_ON_MAINLINE);
        Arrays.fill(positions, UNKNOWN);
        int place = 0;
        for (int event = powerLevels; event >= 0; event = graph.powerLevelsOf(event)) {
            places[event] = place++;
        }
    }

    int[] sort(BitSet set) {
        return set.stream()
                .mapToObj(event -> new Entry(event, events.get(event), position(event)))
                .sorted(
                        Comparator.comparingInt(Entry::position)
                                .reversed()
                                .thenComparing(Entry::event, EventOrder::compare))
                .mapToInt(Entry::number)
                .toArray();
    }

    /// The place of the nearest event on the mainline on which this one rests, itself left out.
    private int position(int event) {
        var path = new IntStack();
        int at = event;
        int position = positions[at];
        while (position == UNKNOWN) {
            path.push(at);
            int next = graph.powerLevelsOf(at);
            if (next < 0) {
                position = NOT_ON_MAINLINE;
            } else {
                position = places[next] == NOT_ON_MAINLINE ? positions[next] : places[next];
                at = next;
            }
        }
        while (!path.isEmpty()) {
            positions[path.pop()] = position;
        }
        return position;
    }

    private record Entry(int number, Pdu event, int position) {}
}
