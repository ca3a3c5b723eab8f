package dev.lares.core.account;

import dev.lares.core.id.UserId;
import java.util.Optional;

/// An account to be made.
///
/// @param password in clear; absent where nobody shall sign in with one
public record NewAccount(UserId userId, Optional<String> password, Kind kind) {
    /// What its owner may do.
    public enum Kind {
        USER,
        ADMIN,
        GUEST
    }

    /// Shows no password.
    @Override
    public String toString() {
        return "NewAccount[" + userId + ", " + kind + "]";
    }
}
