package dev.lares.client.slidingsync;

import dev.lares.client.roomhead.HeadState;
import dev.lares.core.event.StateKey;
import dev.lares.core.json.JsonRules;
import dev.lares.core.json.JsonText;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Looks into state events that are ready to be written.
final class StateJson {
    static final StateKey CREATE = new StateKey("m.room.create", "");
    static final StateKey NAME = new StateKey("m.room.name", "");
    static final StateKey AVATAR = new StateKey("m.room.avatar", "");
    static final StateKey ENCRYPTION = new StateKey("m.room.encryption", "");

    private StateJson() {}

    static JsonNode content(byte[] event) {
        return JsonText.parseObject(event, JsonRules.LAX).path("content");
    }

    static JsonNode content(Optional<HeadState> state) {
        return state.map(one -> content(one.json().bytes())).orElse(MissingNode.getInstance());
    }

    /// The text, where it is one and says something.
    static Optional<String> text(JsonNode content, String name) {
        var value = content.path(name);
        return value.isString() && !value.stringValue().isEmpty()
                ? Optional.of(value.stringValue())
                : Optional.empty();
    }

    /// The room's type as filters name it.
    static String type(JsonNode create) {
        return text(create, "type").orElse(RoomFilter.NO_TYPE);
    }

    /// The room's name; empty where it has none.
    static String name(JsonNode name) {
        return text(name, "name").orElse("");
    }
}
