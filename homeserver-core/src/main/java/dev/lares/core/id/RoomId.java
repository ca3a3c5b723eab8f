package dev.lares.core.id;

import com.fasterxml.jackson.annotation.JsonValue;

/// A [room ID](https://spec.matrix.org/v1.19/appendices/#room-ids), never looked into past the `!`.
public record RoomId(@JsonValue String value) implements RoomIdOrAlias {
    public RoomId {
        Identifiers.requireSigil('!', value);
    }

    @Override
    public String toString() {
        return value;
    }
}
