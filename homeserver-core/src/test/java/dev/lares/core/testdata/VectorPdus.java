package dev.lares.core.testdata;

import dev.lares.core.event.Pdu;
import dev.lares.core.event.PduParser;
import dev.lares.core.roomversion.RoomVersion;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// Events of the test vectors.
public final class VectorPdus {
    private VectorPdus() {}

    /// @param entry an object of `event_id` and `pdu`; fails where the ID is not the event's
    public static Pdu parse(JsonNode entry, String roomVersion) {
        return parse(entry.get("event_id"), entry.get("pdu"), roomVersion);
    }

    /// Throws a [dev.lares.core.error.MatrixException] where the event has not the format of its
    /// room version.
    public static Pdu parse(JsonNode eventId, JsonNode pdu, String roomVersion) {
        var bytes = pdu.toString().getBytes(StandardCharsets.UTF_8);
        var event = PduParser.parse(bytes, RoomVersion.get(roomVersion));
        if (!event.eventId().value().equals(eventId.stringValue())) {
            throw new AssertionError("ID " + event.eventId() + " instead of " + eventId);
        }
        return event;
    }
}
