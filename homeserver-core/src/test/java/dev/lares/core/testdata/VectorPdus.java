package dev.lares.core.testdata;

import dev.lares.core.event.Pdu;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.json.CanonicalJson;
import dev.lares.core.json.JsonRules;
import dev.lares.core.roomversion.RoomVersion;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Events of the test vectors, taken with the IDs that the vectors give them.
public final class VectorPdus {
    private VectorPdus() {}

    /// @param entry an object of `event_id` and `pdu`
    public static Pdu parse(JsonNode entry, String roomVersion) {
        return parse(entry.get("event_id"), entry.get("pdu"), roomVersion);
    }

    public static Pdu parse(JsonNode eventId, JsonNode pdu, String roomVersion) {
        var version = RoomVersion.get(roomVersion);
        var id = new EventId(eventId.stringValue());
        var roomId =
                pdu.path("room_id").stringValueOpt().orElseGet(() -> "!" + id.value().substring(1));
        var redacts = version.rules().redactsInContent() ? pdu.get("content") : pdu;
        return new Pdu(
                id,
                version,
                new RoomId(roomId),
                pdu.get("type").stringValue(),
                pdu.path("state_key").stringValueOpt(),
                new UserId(pdu.get("sender").stringValue()),
                pdu.get("origin_server_ts").longValue(),
                pdu.get("depth").longValue(),
                edges(pdu.get("prev_events")),
                edges(pdu.get("auth_events")),
                Optional.of(redacts)
                        .filter(at -> pdu.get("type").asString().equals("m.room.redaction"))
                        .flatMap(at -> at.path("redacts").stringValueOpt())
                        .map(EventId::new),
                CanonicalJson.of((ObjectNode) pdu, JsonRules.LAX));
    }

    private static List<EventId> edges(JsonNode edges) {
        return edges.valueStream()
                .map(edge -> new EventId((edge.isArray() ? edge.get(0) : edge).stringValue()))
                .toList();
    }
}
