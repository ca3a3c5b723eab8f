package dev.lares.core.id;

import com.fasterxml.jackson.annotation.JsonValue;

/// An [event ID](https://spec.matrix.org/v1.19/appendices/#event-ids) of any room version.
public record EventId(@JsonValue String value) {
    public EventId {
        Identifiers.requireSigil('$', value);
    }

    @Override
    public String toString() {
        return value;
    }
}
