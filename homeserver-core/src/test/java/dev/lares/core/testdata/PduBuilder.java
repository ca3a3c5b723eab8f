package dev.lares.core.testdata;

import dev.lares.core.event.Pdu;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.json.CanonicalJson;
import dev.lares.core.json.JsonRules;
import dev.lares.core.roomversion.RoomVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Makes events of one room that are right but for their hashes and signatures. Event IDs are
/// numbered.
public final class PduBuilder {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RoomVersion version;
    private int count;

    private PduBuilder(RoomVersion version) {
        this.version = version;
    }

    public static PduBuilder room(String version) {
        return new PduBuilder(RoomVersion.get(version));
    }

    public Pdu create(String sender, String content) {
        return make("m.room.create", Optional.of(""), sender, content, List.of(), List.of());
    }

    public Pdu state(String type, String stateKey, String sender, String content) {
        return make(type, Optional.of(stateKey), sender, content, List.of(), List.of());
    }

    public Pdu message(String type, String sender, String content) {
        return make(type, Optional.empty(), sender, content, List.of(), List.of());
    }

    private Pdu make(
            String type,
            Optional<String> stateKey,
            String sender,
            String content,
            List<EventId> prevEvents,
            List<EventId> authEvents) {
        var number = ++count;
        var json = JSON.createObjectNode();
        json.put("type", type);
        json.put("sender", sender);
        stateKey.ifPresent(key -> json.put("state_key", key));
        json.set("content", (ObjectNode) JSON.readTree(content.getBytes(StandardCharsets.UTF_8)));
        var roomId = version.rules().roomIdFromCreateEvent() ? "!1" : "!room:a.example";
        return new Pdu(
                new EventId("$" + number),
                version,
                new RoomId(roomId),
                type,
                stateKey,
                new UserId(sender),
                number,
                number,
                prevEvents,
                authEvents,
                Optional.empty(),
                CanonicalJson.of(json, JsonRules.LAX));
    }
}
