package dev.lares.core.room;

import dev.lares.core.id.EventId;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.roomversion.RoomVersionRules.EventIdFormat;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Event IDs as `event_ref` keeps them.
final class StoredEventIds {
    private static final int HASH_BYTES = 32;

    private StoredEventIds() {}

    /// The ID of a stored event, from its reference hash or, in the first versions, as it was.
    static EventId read(RoomVersion version, byte @Nullable [] hash, @Nullable String legacyId) {
        if (legacyId != null) {
            return new EventId(legacyId);
        }
        var encoder =
                version.rules().eventIds() == EventIdFormat.URL_SAFE_HASH
                        ? Base64.getUrlEncoder()
                        : Base64.getEncoder();
        var bytes = Objects.requireNonNull(hash, "event_ref has neither hash nor legacy_id");
        return new EventId("$" + encoder.withoutPadding().encodeToString(bytes));
    }

    /// The hash that an ID spells in either alphabet; null where it spells none.
    static byte @Nullable [] hash(EventId eventId) {
        try {
            var text = eventId.value().substring(1).replace('+', '-').replace('/', '_');
            var hash = Base64.getUrlDecoder().decode(text);
            return hash.length == HASH_BYTES ? hash : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
