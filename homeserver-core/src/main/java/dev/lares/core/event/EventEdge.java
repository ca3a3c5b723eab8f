package dev.lares.core.event;

import dev.lares.core.crypto.UnpaddedBase64;
import dev.lares.core.id.EventId;
import dev.lares.core.roomversion.RoomVersionRules.EventIdFormat;
import java.util.Optional;

/// An event that another one cites in `prev_events` or `auth_events`.
///
/// @param referenceHash unpadded Base64; present for events of room versions 1 and 2, whose edges
///   carry it
public record EventEdge(EventId eventId, Optional<String> referenceHash) {

    /// An edge in room version 3 or later, where the ID is the hash.
    public static EventEdge to(EventId eventId) {
        return new EventEdge(eventId, Optional.empty());
    }

    /// An edge in any room version.
    public static EventEdge to(Pdu pdu) {
        var rules = pdu.roomVersion().rules();
        return new EventEdge(
                pdu.eventId(),
                rules.eventIds() == EventIdFormat.EXPLICIT
                        ? Optional.of(
                                UnpaddedBase64.encode(
                                        EventHashes.referenceHash(pdu.json().tree(), rules)))
                        : Optional.empty());
    }
}
