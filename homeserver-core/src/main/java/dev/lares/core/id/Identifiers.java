package dev.lares.core.id;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import java.nio.charset.StandardCharsets;

/// Checks that all identifiers share.
final class Identifiers {
    /// Longest identifier, sigil and domain included, in bytes of UTF-8.
    static final int LENGTH_MAX_BYTES = 255;

    private Identifiers() {}

    static void requireSigil(char sigil, String value) {
        if (value.isEmpty() || value.charAt(0) != sigil) {
            throw invalid("An identifier of this kind starts with '" + sigil + "'");
        }
        if (value.length() == 1) {
            throw invalid("The identifier is empty behind its '" + sigil + "'");
        }
        requireLength(value);
    }

    static void requireLength(String value) {
        if (value.length() > LENGTH_MAX_BYTES
                || value.getBytes(StandardCharsets.UTF_8).length > LENGTH_MAX_BYTES) {
            throw invalid("An identifier has at most 255 bytes");
        }
        if (value.indexOf('\0') >= 0) {
            throw invalid("An identifier holds no NUL");
        }
    }

    /// The part behind the first colon; fails where there is none.
    static String domain(String value) {
        int colon = value.indexOf(':');
        if (colon < 0) {
            throw invalid("The identifier has no server name");
        }
        return value.substring(colon + 1);
    }

    static MatrixException invalid(String message) {
        return new MatrixException(ErrorCode.M_INVALID_PARAM, message);
    }
}
