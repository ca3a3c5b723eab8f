package dev.lares.core.append;

import dev.lares.core.append.BatchBasis.RefRow;
import dev.lares.core.append.BatchBasis.Whereabouts;
import dev.lares.core.event.Pdu;
import dev.lares.core.room.RoomRef;
import java.util.Optional;

/// Why an event that was made elsewhere has no place in its room's graph, or in the database.
final class Unplaceable {
    private Unplaceable() {}

    /// Nothing where it has one.
    ///
    /// @param known what there is under its ID
    static Optional<String> reason(Pdu pdu, RoomRef room, Optional<RefRow> known) {
        if (known.filter(ref -> ref.whereabouts() == Whereabouts.ELSEWHERE).isPresent()) {
            return Optional.of("its ID is that of another room's event");
        }
        if (!pdu.roomVersion().equals(room.version())) {
            return Optional.of("it is of another room version");
        }
        // The one event that cites none is the room's create event, which is here.
        if (pdu.prevEvents().isEmpty()) {
            return Optional.of("it cites no previous event");
        }
        // Possible in versions 1 and 2, where an ID is no hash.
        if (pdu.prevEvents().contains(pdu.eventId()) || pdu.authEvents().contains(pdu.eventId())) {
            return Optional.of("it cites itself");
        }
        if (!isStorable(pdu.type()) || !pdu.stateKey().map(Unplaceable::isStorable).orElse(true)) {
            return Optional.of("its type or state key cannot be stored");
        }
        return Optional.empty();
    }

    /// JSON can write NUL, and before version 6 halves of characters; PostgreSQL keeps neither.
    static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == 0 || Character.isLowSurrogate(unit)) {
                return false;
            }
            if (Character.isHighSurrogate(unit)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }
}
