package dev.lares.core.search;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.Pdu;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What can be searched ([supported
/// keys](https://spec.matrix.org/v1.19/client-server-api/#search-categories)).
public enum SearchKey {
    BODY("content.body", "m.room.message"),
    NAME("content.name", "m.room.name"),
    TOPIC("content.topic", "m.room.topic");

    private final String key;
    private final String eventType;

    SearchKey(String key, String eventType) {
        this.key = key;
        this.eventType = eventType;
    }

    /// `M_INVALID_PARAM` for a key that is not searched.
    public static SearchKey of(String key) {
        for (var one : values()) {
            if (one.key.equals(key)) {
                return one;
            }
        }
        throw new MatrixException(
                ErrorCode.M_INVALID_PARAM,
                "'keys' are content.body, content.name and content.topic");
    }

    /// As which an event is searched.
    static Optional<SearchKey> of(Pdu pdu) {
        return Stream.of(values())
                .filter(one -> pdu.type().equals(one.eventType))
                .filter(one -> (one == BODY) != pdu.isState())
                .findFirst();
    }

    public String key() {
        return key;
    }

    public String eventType() {
        return eventType;
    }

    /// The text of a content; empty where it has none.
    ///
    /// @param content of the event, or what an edit puts in its place
    String text(ObjectNode content) {
        return switch (this) {
            case BODY -> string(content.get("body"));
            case NAME -> string(content.get("name"));
            case TOPIC -> string(content.get("topic")) + " " + plainTopic(content);
        };
    }

    /// The first representation that is plain text, which it is where it does not say.
    private static String plainTopic(ObjectNode content) {
        for (var representation : content.path("m.topic").path("m.text")) {
            var type = representation.path("mimetype");
            if (type.isMissingNode() || string(type).equals("text/plain")) {
                return string(representation.get("body"));
            }
        }
        return "";
    }

    private static String string(@Nullable JsonNode node) {
        return node != null && node.isString() ? node.stringValue() : "";
    }
}
