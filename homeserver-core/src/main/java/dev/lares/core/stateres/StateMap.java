package dev.lares.core.stateres;

import java.util.Arrays;

/// A state of a room: which event stands at which key, both as numbers. Immutable.
public final class StateMap {
    private static final int ABSENT = -1;

    private final int[] keys;
    private final int[] events;

    private StateMap(int[] keys, int[] events) {
        this.keys = keys;
        this.events = events;
    }

    /// @param keys in any order, each once; taken over
    /// @param events at these keys; taken over
    public static StateMap of(int[] keys, int[] events) {
        if (keys.length != events.length) {
            throw new IllegalArgumentException("A key or an event is missing");
        }
        var entries = new long[keys.length];
        for (int i = 0; i < keys.length; i++) {
            entries[i] = ((long) keys[i] << Integer.SIZE) | events[i];
        }
        Arrays.sort(entries);
        for (int i = 0; i < entries.length; i++) {
            keys[i] = (int) (entries[i] >> Integer.SIZE);
            events[i] = (int) entries[i];
            if (i > 0 && keys[i] == keys[i - 1]) {
                throw new IllegalArgumentException("Key " + keys[i] + " occurs twice");
            }
        }
        return new StateMap(keys, events);
    }

    public int size() {
        return keys.length;
    }

    /// The keys ascend with the index.
    public int key(int index) {
        return keys[index];
    }

    public int event(int index) {
        return events[index];
    }

    /// The event at a key, or -1.
    public int find(int key) {
        int index = Arrays.binarySearch(keys, key);
        return index < 0 ? ABSENT : events[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StateMap map
                && Arrays.equals(keys, map.keys)
                && Arrays.equals(events, map.events);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(keys) + Arrays.hashCode(events);
    }

    @Override
    public String toString() {
        return "StateMap[" + keys.length + " keys]";
    }
}
