package dev.lares.core.event;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import java.nio.charset.StandardCharsets;

/// [Size limits](https://spec.matrix.org/v1.19/client-server-api/#size-limits). Those of IDs are
/// checked by their types.
public final class EventLimits {
    /// Of the canonical JSON in federation format, signatures included, and `unsigned` as far as it
    /// comes along.
    public static final int SIZE_MAX_BYTES = 65_536;

    /// Of `type` and `state_key`.
    public static final int FIELD_MAX_BYTES = 255;

    static final int PREV_EVENTS_MAX = 20;
    static final int AUTH_EVENTS_MAX = 10;

    private EventLimits() {}

    static void requireSize(int sizeBytes) {
        if (sizeBytes > SIZE_MAX_BYTES) {
            throw new MatrixException(
                    ErrorCode.M_TOO_LARGE, "The event is larger than 65536 bytes");
        }
    }

    /// `M_TOO_LARGE` where the text is longer than a `type` or `state_key` may be.
    public static void requireFieldSize(String field, String value) {
        if (value.length() > FIELD_MAX_BYTES
                || value.getBytes(StandardCharsets.UTF_8).length > FIELD_MAX_BYTES) {
            throw new MatrixException(
                    ErrorCode.M_TOO_LARGE, "'" + field + "' is longer than 255 bytes");
        }
    }
}
