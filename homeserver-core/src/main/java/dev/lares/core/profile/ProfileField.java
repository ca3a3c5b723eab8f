package dev.lares.core.profile;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// The name of a profile field: `displayname`, `avatar_url`, `m.tz`, or one of the [common
/// namespaced
/// identifiers](https://spec.matrix.org/v1.19/appendices/#common-namespaced-identifier-grammar).
public record ProfileField(String key) {
    private static final int KEY_BYTES_MAX = 255;
    private static final Pattern GRAMMAR =
            Pattern.compile("avatar_url|displayname|[a-z][a-z0-9_-]*(?:\\.[a-z0-9_-]+)+");

    // Behind the grammar, which their constructor reads.
    public static final ProfileField DISPLAYNAME = new ProfileField("displayname");
    public static final ProfileField AVATAR_URL = new ProfileField("avatar_url");
    public static final ProfileField TIME_ZONE = new ProfileField("m.tz");

    /// `M_KEY_TOO_LARGE` over 255 bytes, `M_INVALID_PARAM` where the grammar forbids the name.
    public ProfileField {
        if (key.getBytes(StandardCharsets.UTF_8).length > KEY_BYTES_MAX) {
            throw new MatrixException(
                    ErrorCode.M_KEY_TOO_LARGE, "A profile field's name has at most 255 bytes");
        }
        if (!GRAMMAR.matcher(key).matches()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "Not a name that a profile field may have");
        }
    }

    /// Whether the members of a user's rooms see it in the `m.room.member`.
    public boolean inRooms() {
        return equals(DISPLAYNAME) || equals(AVATAR_URL);
    }

    @Override
    public String toString() {
        return key;
    }
}
