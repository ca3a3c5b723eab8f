package dev.lares.core.device;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;

/// What devices may be called.
public final class DeviceNames {
    private static final int LENGTH_MAX = 100;

    private DeviceNames() {}

    /// `M_INVALID_PARAM` for a name of more than 100 characters or with a NUL.
    public static void require(String name) {
        if (name.length() > LENGTH_MAX || name.indexOf('\0') >= 0) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "A device display name has at most 100 characters and no NUL");
        }
    }
}
