package dev.lares.core.roompreview;

import dev.lares.core.error.MatrixException;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.RoomAlias;
import dev.lares.core.id.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads single values out of a room's state. Anybody with the power may have put anything there:
/// what is not as the specification says counts as absent.
record ShownState(Map<StateKey, ObjectNode> contents) {
    /// Conditions of a restricted room that are shown.
    private static final int ALLOWED_MAX = 200;

    /// A text that is not empty.
    Optional<String> text(StateKey key, String member) {
        return Optional.ofNullable(contents.get(key)).flatMap(content -> text(content, member));
    }

    /// The plain text of the topic: of its first plain representation, or the old form's where it
    /// has no representations.
    Optional<String> topic() {
        var content = contents.get(RoomPreviews.TOPIC);
        if (content == null) {
            return Optional.empty();
        }
        var representations = content.path("m.topic").path("m.text");
        if (!representations.isArray()) {
            return text(content, "topic");
        }
        for (var representation : representations) {
            if (representation.path("mimetype").asString("text/plain").equals("text/plain")) {
                return text(representation, "body");
            }
        }
        return Optional.empty();
    }

    Optional<RoomAlias> canonicalAlias() {
        return text(RoomPreviews.CANONICAL_ALIAS, "alias")
                .flatMap(alias -> parse(alias, RoomAlias::new));
    }

    Optional<String> avatarUrl() {
        return text(RoomPreviews.AVATAR, "url").filter(url -> url.startsWith("mxc://"));
    }

    /// The rooms whose members may join.
    List<RoomId> allowedRooms() {
        var content = contents.get(RoomPreviews.JOIN_RULES);
        var rooms = new ArrayList<RoomId>();
        var allow = content == null ? null : content.get("allow");
        for (int i = 0; allow != null && i < Math.min(allow.size(), ALLOWED_MAX); i++) {
            var condition = allow.path(i);
            if (condition.path("type").asString("").equals("m.room_membership")) {
                text(condition, "room_id")
                        .flatMap(id -> parse(id, RoomId::new))
                        .ifPresent(rooms::add);
            }
        }
        return rooms;
    }

    private static <T> Optional<T> parse(String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (MatrixException e) {
            return Optional.empty(); // no identifier: shown to nobody
        }
    }

    private static Optional<String> text(JsonNode object, String member) {
        return Optional.ofNullable(object.get(member))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(text -> !text.isEmpty());
    }
}
