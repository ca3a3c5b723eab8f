package dev.lares.core.push;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a rule wants done ([actions](https://spec.matrix.org/v1.19/client-server-api/#actions)).
///
/// @param verdict whether the event notifies and highlights
/// @param sound the name of the sound to play
/// @param json all actions but the historical ones, with tweaks that we do not know; not to be
///   modified
public record PushActions(PushVerdict verdict, Optional<String> sound, ArrayNode json) {
    static final PushActions NONE = parse(JsonNodeFactory.instance.arrayNode());

    static PushActions parse(ArrayNode actions) {
        var kept = JsonNodeFactory.instance.arrayNode();
        var notify = PushVerdict.NOTHING;
        boolean highlight = false;
        var sound = Optional.<String>empty();
        for (var action : actions) {
            if (isHistorical(action)) {
                continue;
            }
            kept.add(action);
            if (action.isString() && action.stringValue().equals("notify")) {
                notify = PushVerdict.NOTIFY;
            }
            switch (action.path("set_tweak").asString("")) {
                case "highlight" -> highlight = isTrue(action.get("value"));
                case "sound" -> sound = text(action.path("value"));
                default -> {} // a tweak between the client and its push gateway
            }
        }
        // Without `notify` nothing is shown that could be highlighted.
        var verdict = highlight && notify == PushVerdict.NOTIFY ? PushVerdict.HIGHLIGHT : notify;
        return new PushActions(verdict, sound, kept);
    }

    /// Older clients wrote these; they mean nothing.
    private static boolean isHistorical(JsonNode action) {
        return action.isString()
                && (action.stringValue().equals("dont_notify")
                        || action.stringValue().equals("coalesce"));
    }

    /// A tweak without a value is true.
    private static boolean isTrue(@Nullable JsonNode value) {
        return value == null || (value.isBoolean() && value.booleanValue());
    }

    private static Optional<String> text(JsonNode value) {
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }
}
