package dev.lares.core.log;

/// A place in the one order of everything durable. Zero is before all.
public record Position(long value) implements Comparable<Position> {
    public static final Position ZERO = new Position(0);

    public Position {
        if (value < 0) {
            throw new IllegalArgumentException("A position is not negative: " + value);
        }
    }

    @Override
    public int compareTo(Position other) {
        return Long.compare(value, other.value);
    }

    public boolean isAfter(Position other) {
        return value > other.value;
    }
}
