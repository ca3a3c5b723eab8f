package dev.lares.core.state;

import java.nio.ByteBuffer;

/// A 128-bit hash of a whole state, the sum of a keyed hash of each of its entries: it changes with
/// an entry without reading the others, in any order. Equal hashes need no resolution.
public record StateHash(long high, long low) {
    public static final StateHash EMPTY = new StateHash(0, 0);

    static StateHash of(byte[] bytes) {
        if (bytes.length != Long.BYTES * 2) {
            throw new IllegalStateException("A state hash has 16 bytes, not " + bytes.length);
        }
        var buffer = ByteBuffer.wrap(bytes);
        return new StateHash(buffer.getLong(), buffer.getLong());
    }

    byte[] bytes() {
        return ByteBuffer.allocate(Long.BYTES * 2).putLong(high).putLong(low).array();
    }

    StateHash plus(StateHash other) {
        var sum = low + other.low;
        var carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new StateHash(high + other.high + carry, sum);
    }

    StateHash minus(StateHash other) {
        var borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
        return new StateHash(high - other.high - borrow, low - other.low);
    }
}
