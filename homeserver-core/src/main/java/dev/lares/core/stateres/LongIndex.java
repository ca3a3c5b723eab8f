package dev.lares.core.stateres;

import java.util.Arrays;

/// Numbers long keys from zero in the order in which they come; 24 bytes a key and no boxes.
final class LongIndex {
    private static final int FREE = -1;

    private long[] keys;
    private int[] slots;
    private int size;

    LongIndex(int expected) {
        keys = new long[Math.max(16, expected)];
        slots = freeSlots(keys.length);
    }

    int size() {
        return size;
    }

    long key(int number) {
        return keys[number];
    }

    /// The key's number, or -1.
    int find(long key) {
        return slots[slotOf(key)];
    }

    /// The key's number, a new one if it had none.
    int add(long key) {
        int slot = slotOf(key);
        if (slots[slot] != FREE) {
            return slots[slot];
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            slots = freeSlots(keys.length);
            for (int number = 0; number < size; number++) {
                slots[slotOf(keys[number])] = number;
            }
            slot = slotOf(key);
        }
        keys[size] = key;
        slots[slot] = size;
        return size++;
    }

    /// Where the key stands, or the free slot where it would.
    private int slotOf(long key) {
        int slot = Long.hashCode(key * 0x9E3779B97F4A7C15L) & (slots.length - 1);
        while (slots[slot] != FREE && keys[slots[slot]] != key) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private static int[] freeSlots(int capacity) {
        var slots = new int[Integer.highestOneBit(capacity) * 4];
        Arrays.fill(slots, FREE);
        return slots;
    }
}
