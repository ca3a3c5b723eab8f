package dev.lares.core.token;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import java.util.Map;

/// [Account locking](https://spec.matrix.org/v1.19/client-server-api/#account-locking).
final class LockedAccounts {
    private LockedAccounts() {}

    static MatrixException refusal() {
        return new MatrixException(
                ErrorCode.M_USER_LOCKED,
                ErrorCode.M_USER_LOCKED.status(),
                "This account has been locked",
                Map.of("soft_logout", true));
    }
}
