package dev.lares.core.stateres;

import dev.lares.core.roomversion.RoomVersionRules.StateResolution;
import java.util.BitSet;
import java.util.List;

/// States divided into what they agree on and the events on which they do not.
///
/// @param conflicted all events that stand at a key without agreement
record StateSplit(StateMap unconflicted, BitSet conflicted) {
    static StateSplit of(List<StateMap> states, StateResolution algorithm) {
        var cursors = new int[states.size()];
        int capacity = states.stream().mapToInt(StateMap::size).sum();
        var keys = new int[capacity];
        var events = new int[capacity];
        int agreed = 0;
        var conflicted = new BitSet();
        while (true) {
            int key = smallest(states, cursors);
            if (key == Integer.MAX_VALUE) {
                break;
            }
            int event = -1;
            int holders = 0;
            boolean same = true;
            for (int i = 0; i < cursors.length; i++) {
                var state = states.get(i);
                if (cursors[i] < state.size() && state.key(cursors[i]) == key) {
                    same &= event < 0 || event == state.event(cursors[i]);
                    event = state.event(cursors[i]);
                    holders++;
                }
            }
            boolean unconflicted =
                    same && (holders == cursors.length || !absenceConflicts(algorithm));
            if (unconflicted) {
                keys[agreed] = key;
                events[agreed++] = event;
            }
            for (int i = 0; i < cursors.length; i++) {
                var state = states.get(i);
                if (cursors[i] < state.size() && state.key(cursors[i]) == key) {
                    if (!unconflicted) {
                        conflicted.set(state.event(cursors[i]));
                    }
                    cursors[i]++;
                }
            }
        }
        return new StateSplit(
                StateMap.of(
                        java.util.Arrays.copyOf(keys, agreed),
                        java.util.Arrays.copyOf(events, agreed)),
                conflicted);
    }

    private static int smallest(List<StateMap> states, int[] cursors) {
        int smallest = Integer.MAX_VALUE;
        for (int i = 0; i < cursors.length; i++) {
            if (cursors[i] < states.get(i).size()) {
                smallest = Math.min(smallest, states.get(i).key(cursors[i]));
            }
        }
        return smallest;
    }

    /// From v2 on a key that only some states have is in conflict; in v1 it is not.
    private static boolean absenceConflicts(StateResolution algorithm) {
        return switch (algorithm) {
            case V1 -> false;
            case V2, V2_1 -> true;
        };
    }
}
