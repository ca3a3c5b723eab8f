package dev.lares.core.account;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import java.util.Locale;
import java.util.regex.Pattern;

/// Which names new accounts may have ([user
/// identifiers](https://spec.matrix.org/v1.19/appendices/#user-identifiers)).
public final class Localparts {
    private static final Pattern GRAMMAR = Pattern.compile("[a-z0-9._=\\-/+]+");
    private static final int USER_ID_BYTES_MAX = 255;

    private Localparts() {}

    /// The user ID that the wanted name gives: capital letters become small ones, which is all that
    /// is changed. `M_INVALID_USERNAME` where the grammar forbids the name.
    public static UserId newUserId(String username, ServerName domain) {
        var localpart = username.toLowerCase(Locale.ROOT);
        if (!GRAMMAR.matcher(localpart).matches()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_USERNAME,
                    "A user name has one or more of the characters a-z, 0-9 and . _ = - / +");
        }
        // '@' and ':' are one byte each, like all that the grammars allow.
        if (localpart.length() + domain.value().length() + 2 > USER_ID_BYTES_MAX) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_USERNAME,
                    "With the server's name the user ID is longer than 255 bytes");
        }
        return UserId.of(localpart, domain);
    }
}
