package dev.lares.core.event;

import dev.lares.core.id.EventId;
import dev.lares.core.id.UserId;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// An event as a local user asks for it, before the room gives it a place, hashes and a signature.
///
/// @param content taken over; the caller does not change it any more
/// @param redacts the target where `type` is `m.room.redaction`; put where the room version wants
///   it
/// @param originServerTs milliseconds; the server's clock where absent
public record EventDraft(
        UserId sender,
        String type,
        Optional<String> stateKey,
        ObjectNode content,
        Optional<EventId> redacts,
        Optional<Long> originServerTs) {

    public static EventDraft message(UserId sender, String type, ObjectNode content) {
        return new EventDraft(
                sender, type, Optional.empty(), content, Optional.empty(), Optional.empty());
    }

    public static EventDraft state(
            UserId sender, String type, String stateKey, ObjectNode content) {
        return new EventDraft(
                sender, type, Optional.of(stateKey), content, Optional.empty(), Optional.empty());
    }
}
