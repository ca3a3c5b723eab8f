package dev.lares.core.stateres;

import dev.lares.core.auth.PowerLevels;
import dev.lares.core.auth.RoomState;
import dev.lares.core.event.Pdu;
import java.util.BitSet;
import java.util.PriorityQueue;

/// The *reverse topological power ordering*: causes first, and among what is possible next the
/// event with the most powerful sender.
final class PowerOrdering {
    private final AuthGraph graph;
    private final ResolutionEvents events;

    PowerOrdering(AuthGraph graph, ResolutionEvents events) {
        this.graph = graph;
        this.events = events;
    }

    int[] sort(BitSet set) {
        // An event comes after all that it cites, however far: also through events that are not in
        // the
        // set. Those between are walked over as soon as they can be and not put out.
        var between = AuthChains.between(graph, set);
        var pending = new int[graph.size()];
        var citing = Citing.within(graph, between, pending);
        var ready = new PriorityQueue<Candidate>();
        var sorted = new int[set.cardinality()];
        int count = 0;
        for (int event = between.nextSetBit(0); event >= 0; event = between.nextSetBit(event + 1)) {
            // Whatever has nothing pending here is of the set: the others lead to one of it.
            if (pending[event] == 0) {
                ready.add(candidate(event));
            }
        }
        var walk = new IntStack();
        while (!ready.isEmpty()) {
            int event = ready.remove().number();
            sorted[count++] = event;
            walk.push(event);
            while (!walk.isEmpty()) {
                int done = walk.pop();
                for (int i = citing.from(done); i < citing.to(done); i++) {
                    int next = citing.event(i);
                    if (--pending[next] == 0) {
                        if (set.get(next)) {
                            ready.add(candidate(next));
                        } else {
                            walk.push(next);
                        }
                    }
                }
            }
        }
        return sorted;
    }

    private Candidate candidate(int number) {
        var event = events.get(number);
        RoomState authEvents = key -> events.findAmongAuthEvents(number, key);
        return new Candidate(number, event, PowerLevels.ofSender(event, authEvents));
    }

    private record Candidate(int number, Pdu event, long senderLevel)
            implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            int byLevel = Long.compare(other.senderLevel, senderLevel);
            return byLevel != 0 ? byLevel : EventOrder.compare(event, other.event);
        }
    }
}
