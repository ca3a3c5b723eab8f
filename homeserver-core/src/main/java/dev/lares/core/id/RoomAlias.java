package dev.lares.core.id;

import com.fasterxml.jackson.annotation.JsonValue;

/// A [room alias](https://spec.matrix.org/v1.19/appendices/#room-aliases).
public record RoomAlias(@JsonValue String value) implements RoomIdOrAlias {
    public RoomAlias {
        Identifiers.requireSigil('#', value);
        Identifiers.domain(value);
    }

    public ServerName serverName() {
        return new ServerName(Identifiers.domain(value));
    }

    public String localpart() {
        return value.substring(1, value.indexOf(':'));
    }

    @Override
    public String toString() {
        return value;
    }
}
