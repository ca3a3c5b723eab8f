package dev.lares.core.sending;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import java.nio.charset.StandardCharsets;

/// Checks what a path or a body names as an event's type and state key ([size
/// limits](https://spec.matrix.org/v1.19/client-server-api/#size-limits)).
public final class EventTypes {
    private static final int LENGTH_MAX_BYTES = 255;

    private EventTypes() {}

    /// `M_INVALID_PARAM` for an empty type, `M_TOO_LARGE` above 255 bytes.
    public static void requireType(String type) {
        if (type.isEmpty()) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "An event's type is not empty");
        }
        requireLength(type, "An event's type");
    }

    /// `M_TOO_LARGE` above 255 bytes.
    public static void requireStateKey(String stateKey) {
        requireLength(stateKey, "A state key");
    }

    private static void requireLength(String value, String what) {
        if (value.indexOf('\0') >= 0) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, what + " holds no NUL");
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > LENGTH_MAX_BYTES) {
            throw new MatrixException(ErrorCode.M_TOO_LARGE, what + " has at most 255 bytes");
        }
    }
}
