package dev.lares.core.event;

import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.json.CanonicalJson;
import dev.lares.core.roomversion.RoomVersion;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A persistent data unit: an event in the form in which servers exchange it. It keeps the JSON it
/// came with, because hashes and signatures cover it; everything else here is a view of that.
///
/// @param roomId for a v12 create event, which has no `room_id`, the one that its ID gives
/// @param stateKey present exactly for state events
/// @param redacts the target of a redaction, from wherever the room version keeps it
public record Pdu(
        EventId eventId,
        RoomVersion roomVersion,
        RoomId roomId,
        String type,
        Optional<String> stateKey,
        UserId sender,
        long originServerTs,
        long depth,
        List<EventId> prevEvents,
        List<EventId> authEvents,
        Optional<EventId> redacts,
        CanonicalJson json) {
    public Pdu {
        prevEvents = List.copyOf(prevEvents);
        authEvents = List.copyOf(authEvents);
    }

    /// The same event in another form, such as with its signatures.
    Pdu with(CanonicalJson other) {
        return new Pdu(
                eventId,
                roomVersion,
                roomId,
                type,
                stateKey,
                sender,
                originServerTs,
                depth,
                prevEvents,
                authEvents,
                redacts,
                other);
    }

    /// The event's `content`; not to be modified.
    public ObjectNode content() {
        return (ObjectNode) json.tree().get("content");
    }

    public boolean isState() {
        return stateKey.isPresent();
    }

    /// Whether this is the state event of that type and state key.
    public boolean is(String otherType, String otherStateKey) {
        return type.equals(otherType)
                && stateKey.isPresent()
                && stateKey.get().equals(otherStateKey);
    }
}
