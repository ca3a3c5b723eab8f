package dev.lares.core.room;

import dev.lares.core.event.Pdu;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The [format](https://spec.matrix.org/v1.19/client-server-api/#room-event-format) in which
/// clients get events.
final class ClientEvents {
    private ClientEvents() {}

    /// A new object without `unsigned`. Its content is the event's own and must not be changed.
    static ObjectNode of(Pdu pdu, RoomIds roomIds) {
        var json = JsonNodeFactory.instance.objectNode();
        json.set("content", content(pdu));
        json.put("event_id", pdu.eventId().value());
        json.put("origin_server_ts", pdu.originServerTs());
        switch (roomIds) {
            case INCLUDE -> json.put("room_id", pdu.roomId().value());
            case LEAVE_OUT -> {}
        }
        json.put("sender", pdu.sender().value());
        pdu.stateKey().ifPresent(stateKey -> json.put("state_key", stateKey));
        json.put("type", pdu.type());
        // Where clients older than the room's version look for it.
        pdu.redacts().ifPresent(target -> json.put("redacts", target.value()));
        return json;
    }

    private static ObjectNode content(Pdu pdu) {
        var target = pdu.redacts();
        if (target.isEmpty() || pdu.content().has("redacts")) {
            return pdu.content();
        }
        // Where clients newer than the room's version look for it.
        var content = JsonNodeFactory.instance.objectNode();
        content.setAll(pdu.content());
        content.put("redacts", target.get().value());
        return content;
    }
}
