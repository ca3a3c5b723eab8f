package dev.lares.core.append;

import dev.lares.core.append.BuiltEvent.RedactedEvent;
import dev.lares.core.auth.PowerLevels;
import dev.lares.core.event.Pdu;
import dev.lares.core.id.EventId;
import dev.lares.core.id.ServerName;
import dev.lares.core.roomversion.RoomVersion;
import java.util.Optional;

/// Which event a redaction takes from what is unread.
final class RedactedEvents {
    private static final String TYPE = "m.room.redaction";

    private RedactedEvents() {}

    /// Empty where the event redacts nothing. From room version 3 on, who lacks the power redacts
    /// only what comes from their own domain ([handling
    /// redactions](https://spec.matrix.org/v1.19/rooms/v3/#handling-redactions)).
    ///
    /// @param levels before the event
    static Optional<RedactedEvent> of(Pdu pdu, RoomVersion version, PowerLevels levels) {
        if (!pdu.type().equals(TYPE) || pdu.isState()) {
            return Optional.empty();
        }
        // Up to version 2 the auth rules decide, so what is accepted applies.
        boolean mayAll =
                version.rules().redactionAuthorisedBySender()
                        || levels.ofUser(pdu.sender()) >= levels.redact();
        Optional<ServerName> domain =
                mayAll ? Optional.empty() : Optional.of(pdu.sender().serverName());
        return pdu.redacts().flatMap(target -> of(target, version, domain));
    }

    /// Empty for an ID that this room version cannot have.
    private static Optional<RedactedEvent> of(
            EventId target, RoomVersion version, Optional<ServerName> domain) {
        var text =
                EventIds.isText(version) ? Optional.of(target.value()) : Optional.<String>empty();
        var hash = EventIds.hash(version, target);
        return text.isEmpty() && hash.isEmpty()
                ? Optional.empty()
                : Optional.of(new RedactedEvent(hash, text, domain));
    }
}
