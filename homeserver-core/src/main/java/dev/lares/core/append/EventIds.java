package dev.lares.core.append;

import dev.lares.core.crypto.UnpaddedBase64;
import dev.lares.core.id.EventId;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.roomversion.RoomVersionRules.EventIdFormat;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Event IDs as `event_ref` keeps them: a hash where the room version makes IDs of hashes, else the
/// text.
final class EventIds {
    private static final int HASH_BYTES = 32;

    private EventIds() {}

    static EventId of(RoomVersion version, byte @Nullable [] hash, @Nullable String legacyId) {
        if (legacyId != null) {
            return new EventId(legacyId);
        }
        if (hash == null) {
            throw new IllegalStateException("event_ref holds neither hash nor legacy_id");
        }
        return new EventId(
                "$"
                        + (version.rules().eventIds() == EventIdFormat.HASH
                                ? UnpaddedBase64.encode(hash)
                                : UnpaddedBase64.encodeUrlSafe(hash)));
    }

    /// The hash that the ID is made of; empty where the room version's IDs are text, or where the
    /// ID is none of that version.
    static Optional<byte[]> hash(RoomVersion version, EventId eventId) {
        if (isText(version)) {
            return Optional.empty();
        }
        var decoder =
                version.rules().eventIds() == EventIdFormat.HASH
                        ? Base64.getDecoder()
                        : Base64.getUrlDecoder();
        try {
            byte[] hash = decoder.decode(eventId.value().substring(1));
            // Only one text is the ID of a hash; others decode to it as well.
            return hash.length == HASH_BYTES && of(version, hash, null).equals(eventId)
                    ? Optional.of(hash)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not Base64
        }
    }

    static boolean isText(RoomVersion version) {
        return version.rules().eventIds() == EventIdFormat.EXPLICIT;
    }
}
