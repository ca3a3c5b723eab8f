package dev.lares.core.id;

import com.fasterxml.jackson.annotation.JsonValue;

/// The ID of one device of one user, opaque
/// ([devices](https://spec.matrix.org/v1.19/client-server-api/#relationship-between-access-tokens-and-devices)).
public record DeviceId(@JsonValue String value) {
    /// Longest ID that we accept; the specification sets no bound.
    public static final int LENGTH_MAX = 512;

    public DeviceId {
        if (value.isEmpty() || value.length() > LENGTH_MAX || value.indexOf('\0') >= 0) {
            throw Identifiers.invalid("A device ID has 1 to 512 characters and no NUL");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
