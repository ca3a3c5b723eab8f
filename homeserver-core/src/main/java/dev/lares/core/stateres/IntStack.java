package dev.lares.core.stateres;

import java.util.Arrays;

/// Numbers to come back to; takes the place of recursion, which a long chain would overflow.
final class IntStack {
    private int[] values = new int[32];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void push(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    int pop() {
        return values[--size];
    }
}
