package dev.lares.core.id;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.lares.core.error.MatrixException;
import java.util.Optional;

/// An [event ID](https://spec.matrix.org/v1.19/appendices/#event-ids) of any room version.
public record EventId(@JsonValue String value) {
    public EventId {
        Identifiers.requireSigil('$', value);
    }

    /// Absent where the text is no event ID.
    public static Optional<EventId> find(String value) {
        try {
            return Optional.of(new EventId(value));
        } catch (MatrixException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
