package dev.lares.core.testdata;

import dev.lares.core.event.EventDraft;
import dev.lares.core.event.Pdu;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.json.CanonicalJson;
import dev.lares.core.json.JsonRules;
import dev.lares.core.roomversion.RoomVersion;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Makes events of one room that are right but for their hashes and signatures. Event IDs are
/// numbered.
public final class PduBuilder {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RoomVersion version;
    private String roomId;
    private int count;

    private PduBuilder(RoomVersion version) {
        this.version = version;
        this.roomId = version.rules().roomIdFromCreateEvent() ? "!1" : "!room:a.example";
    }

    public static PduBuilder room(String version) {
        return new PduBuilder(RoomVersion.get(version));
    }

    public Pdu create(String sender, String content) {
        return state("m.room.create", "", sender, content);
    }

    public Pdu state(String type, String stateKey, String sender, String content) {
        return numbered(EventDraft.state(new UserId(sender), type, stateKey, object(content)));
    }

    public Pdu message(String type, String sender, String content) {
        return numbered(EventDraft.message(new UserId(sender), type, object(content)));
    }

    public static ObjectNode object(String json) {
        return (ObjectNode) JSON.readTree(json);
    }

    /// An event with an ID that tells nothing of when it was made.
    public Pdu make(
            EventDraft draft,
            long originServerTs,
            long depth,
            List<EventId> prevEvents,
            List<EventId> authEvents,
            Random random) {
        var id = "$" + Integer.toString(random.nextInt(1 << 20), 36) + "-" + ++count;
        if (draft.type().equals("m.room.create")) {
            roomId = version.rules().roomIdFromCreateEvent() ? "!" + id.substring(1) : roomId;
        }
        return pdu(new EventId(id), draft, originServerTs, depth, prevEvents, authEvents);
    }

    private Pdu numbered(EventDraft draft) {
        int number = ++count;
        return pdu(new EventId("$" + number), draft, number, number, List.of(), List.of());
    }

    private Pdu pdu(
            EventId id,
            EventDraft draft,
            long originServerTs,
            long depth,
            List<EventId> prevEvents,
            List<EventId> authEvents) {
        var json = JSON.createObjectNode();
        json.put("type", draft.type());
        json.put("sender", draft.sender().value());
        draft.stateKey().ifPresent(key -> json.put("state_key", key));
        json.set("content", draft.content());
        return new Pdu(
                id,
                version,
                new RoomId(roomId),
                draft.type(),
                draft.stateKey(),
                draft.sender(),
                originServerTs,
                depth,
                prevEvents,
                authEvents,
                Optional.empty(),
                CanonicalJson.of(json, JsonRules.LAX));
    }
}
