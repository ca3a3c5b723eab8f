package dev.lares.core.stateres;

import java.util.Arrays;
import java.util.BitSet;

/// The events of one room that state resolution may have to do with, and which of them cites which
/// in `auth_events`. Events are numbered from zero so that each has a higher number than all that
/// it cites; about 20 bytes an event.
public final class AuthGraph {
    private final LongIndex ids;
    private final int[] numbers;
    private final long[] idByNumber;
    private final int[] offsets;
    private final int[] edges;
    private final BitSet powerLevels;
    private final BitSet rejected;

    private AuthGraph(
            LongIndex ids,
            int[] numbers,
            int[] offsets,
            int[] edges,
            BitSet powerLevels,
            BitSet rejected) {
        this.ids = ids;
        this.numbers = numbers;
        this.offsets = offsets;
        this.edges = edges;
        this.powerLevels = powerLevels;
        this.rejected = rejected;
        this.idByNumber = new long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            idByNumber[numbers[i]] = ids.key(i);
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    public int size() {
        return numbers.length;
    }

    /// The number of the event that the builder got under that ID; fails if it got none.
    public int number(long id) {
        int index = ids.find(id);
        if (index < 0) {
            throw new IllegalArgumentException("Event " + id + " is not in the graph");
        }
        return numbers[index];
    }

    /// The ID under which the builder got the event.
    public long id(int event) {
        return idByNumber[event];
    }

    int edgesFrom(int event) {
        return offsets[event];
    }

    int edgesTo(int event) {
        return offsets[event + 1];
    }

    /// What the edge leads to, for edges of [#edgesFrom] (inclusive) to [#edgesTo] (exclusive).
    int target(int edge) {
        return edges[edge];
    }

    /// Whether it is an `m.room.power_levels` with an empty state key.
    boolean isPowerLevels(int event) {
        return powerLevels.get(event);
    }

    boolean isRejected(int event) {
        return rejected.get(event);
    }

    /// The power levels among an event's auth events, or -1.
    int powerLevelsOf(int event) {
        for (int edge = offsets[event]; edge < offsets[event + 1]; edge++) {
            if (powerLevels.get(edges[edge])) {
                return edges[edge];
            }
        }
        return -1;
    }

    /// What the graph must know of an event beside its edges.
    public enum Kind {
        /// An `m.room.power_levels` with an empty state key.
        POWER_LEVELS,
        OTHER
    }

    /// Whether an event was accepted on receipt.
    public enum Verdict {
        ACCEPTED,
        REJECTED
    }

    /// Takes events in any order.
    public static final class Builder {
        private final LongIndex ids = new LongIndex(64);
        private int[] starts = new int[64];
        private long[] cited = new long[256];
        private int edgeCount;
        private final BitSet powerLevels = new BitSet();
        private final BitSet rejected = new BitSet();

        /// @param id whatever the caller knows the event by; no two are the same
        /// @param authEvents IDs of the events that it cites
        public Builder add(long id, long[] authEvents, Kind kind, Verdict verdict) {
            int index = ids.size();
            if (ids.add(id) != index) {
                throw new IllegalArgumentException("Event " + id + " was added twice");
            }
            if (index + 1 >= starts.length) {
                starts = Arrays.copyOf(starts, starts.length * 2);
            }
            if (edgeCount + authEvents.length > cited.length) {
                cited =
                        Arrays.copyOf(
                                cited, Math.max(cited.length * 2, edgeCount + authEvents.length));
            }
            System.arraycopy(authEvents, 0, cited, edgeCount, authEvents.length);
            edgeCount += authEvents.length;
            starts[index + 1] = edgeCount;
            powerLevels.set(index, kind == Kind.POWER_LEVELS);
            rejected.set(index, verdict == Verdict.REJECTED);
            return this;
        }

        /// Fails where an event cites one that was not added, or events cite one another in a
        /// circle; neither can be among events that passed their checks.
        public AuthGraph build() {
            int size = ids.size();
            var targets = new int[edgeCount];
            for (int edge = 0; edge < edgeCount; edge++) {
                targets[edge] = ids.find(cited[edge]);
                if (targets[edge] < 0) {
                    throw new IllegalArgumentException(
                            "Auth event " + cited[edge] + " is not in the graph");
                }
            }
            var order = Topology.causesFirst(size, starts, targets);
            var numbers = new int[size];
            for (int number = 0; number < size; number++) {
                numbers[order[number]] = number;
            }
            var offsets = new int[size + 1];
            var edges = new int[edgeCount];
            var numberedPowerLevels = new BitSet(size);
            var numberedRejected = new BitSet(size);
            int next = 0;
            for (int number = 0; number < size; number++) {
                int index = order[number];
                for (int edge = starts[index]; edge < starts[index + 1]; edge++) {
                    edges[next++] = numbers[targets[edge]];
                }
                offsets[number + 1] = next;
                numberedPowerLevels.set(number, powerLevels.get(index));
                numberedRejected.set(number, rejected.get(index));
            }
            return new AuthGraph(
                    ids, numbers, offsets, edges, numberedPowerLevels, numberedRejected);
        }
    }
}
