package dev.lares.core.auth;

import dev.lares.core.error.MatrixException;
import dev.lares.core.id.UserId;

/// Server names inside identifiers of any kind, and whether an identifier is one.
final class Domains {
    private Domains() {}

    /// What stands behind the first colon; empty where there is none, which matches no server.
    static String of(String identifier) {
        int colon = identifier.indexOf(':');
        return colon < 0 ? "" : identifier.substring(colon + 1);
    }

    static boolean isUserId(String value) {
        try {
            return value.equals(new UserId(value).value());
        } catch (MatrixException e) {
            return false;
        }
    }
}
