package dev.lares.core.room;

import dev.lares.core.event.Pdu;
import dev.lares.core.id.EventId;
import dev.lares.core.id.UserId;
import dev.lares.core.json.CanonicalJson;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.roomversion.RoomVersionRules.EventIdFormat;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Makes events of stored rows. What is stored was checked before it was written.
final class StoredPdus {
    private StoredPdus() {}

    static Pdu of(EventId eventId, RoomRef room, byte[] canonical) {
        var json = CanonicalJson.parse(canonical, room.version().rules().json());
        var tree = json.tree();
        return new Pdu(
                eventId,
                room.version(),
                room.roomId(),
                tree.path("type").stringValue(),
                text(tree.get("state_key")),
                new UserId(tree.path("sender").stringValue()),
                tree.path("origin_server_ts").longValue(),
                tree.path("depth").longValue(),
                eventIds(tree.path("prev_events")),
                eventIds(tree.path("auth_events")),
                redacts(tree, room.version()).map(EventId::new),
                json);
    }

    /// The ID of a stored event, from its reference hash or, in the first versions, as it was.
    static EventId eventId(RoomVersion version, byte @Nullable [] hash, @Nullable String legacyId) {
        if (legacyId != null) {
            return new EventId(legacyId);
        }
        var encoder =
                version.rules().eventIds() == EventIdFormat.URL_SAFE_HASH
                        ? Base64.getUrlEncoder()
                        : Base64.getEncoder();
        return new EventId("$" + encoder.withoutPadding().encodeToString(hash));
    }

    static Optional<String> redacts(JsonNode tree, RoomVersion version) {
        return text(
                version.rules().redactsInContent()
                        ? tree.path("content").get("redacts")
                        : tree.get("redacts"));
    }

    private static Optional<String> text(@Nullable JsonNode node) {
        return node != null && node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    private static List<EventId> eventIds(JsonNode edges) {
        var ids = new ArrayList<EventId>(edges.size());
        for (var edge : edges) {
            // Versions 1 and 2 pair each ID with hashes.
            ids.add(new EventId((edge.isArray() ? edge.path(0) : edge).stringValue()));
        }
        return List.copyOf(ids);
    }
}
