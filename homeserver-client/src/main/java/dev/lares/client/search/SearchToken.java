package dev.lares.client.search;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.search.MessageSearch.After;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// A `next_batch` of a search: where to go on, and in which group. It opens nothing that the search
/// itself would not, so it is no secret and bears no seal.
///
/// @param value of the group, a room ID or a user ID
record SearchToken(After after, Optional<GroupKey> key, String value) {
    private static final byte FORM = 1;
    private static final int HEAD_BYTES = 2 + Float.BYTES + 2 * Long.BYTES;
    private static final int VALUE_BYTES_MAX = 255;
    private static final int LENGTH_MAX = 400;
    private static final byte NO_GROUP = 0;

    static SearchToken of(After after) {
        return new SearchToken(after, Optional.empty(), "");
    }

    String text() {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        var body = ByteBuffer.allocate(HEAD_BYTES + bytes.length);
        body.put(FORM).put(key.map(GroupKey::mark).orElse(NO_GROUP));
        body.putFloat(after.rank()).putLong(after.ts()).putLong(after.eventNid()).put(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(body.array());
    }

    /// `M_INVALID_PARAM` where it is none of ours.
    static SearchToken read(String text) {
        if (text.length() > LENGTH_MAX) {
            throw unknown();
        }
        try {
            var body = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (body.remaining() < HEAD_BYTES
                    || body.remaining() > HEAD_BYTES + VALUE_BYTES_MAX
                    || body.get() != FORM) {
                throw unknown();
            }
            var key = key(body.get());
            var after = new After(body.getFloat(), body.getLong(), body.getLong());
            var value = new byte[body.remaining()];
            body.get(value);
            if (Float.isNaN(after.rank())) {
                throw unknown();
            }
            return new SearchToken(after, key, new String(value, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static Optional<GroupKey> key(byte mark) {
        return mark == NO_GROUP
                ? Optional.empty()
                : Optional.of(GroupKey.ofMark(mark).orElseThrow(SearchToken::unknown));
    }

    private static MatrixException unknown() {
        return new MatrixException(
                ErrorCode.M_INVALID_PARAM, "This is not a token that a search gave out");
    }
}
