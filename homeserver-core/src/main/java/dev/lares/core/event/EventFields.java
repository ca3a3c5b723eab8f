package dev.lares.core.event;

import dev.lares.core.json.JsonLimits;
import dev.lares.core.json.JsonOutput;
import dev.lares.core.json.JsonRules;
import dev.lares.core.json.JsonText;
import dev.lares.core.json.PropertyPath;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The `event_fields` of a [filter](https://spec.matrix.org/v1.19/client-server-api/#filtering):
/// which properties of its events a client wants. What makes an event recognisable comes in any
/// case: the specification's schemas require it, and "a server may include more".
public final class EventFields {
    private static final Set<String> ALWAYS =
            Set.of("event_id", "type", "sender", "origin_server_ts", "state_key", "room_id");

    private final List<PropertyPath> paths;

    private EventFields(List<PropertyPath> paths) {
        this.paths = paths;
    }

    public static EventFields of(List<String> fields) {
        return new EventFields(fields.stream().map(PropertyPath::parse).toList());
    }

    /// @param renderedEvent of [ClientEvents#render]
    public byte[] apply(byte[] renderedEvent) {
        var event = JsonText.parseObject(renderedEvent, JsonRules.LAX, JsonLimits.EVENT);
        var kept = JsonNodeFactory.instance.objectNode();
        for (var name : ALWAYS) {
            var value = event.get(name);
            if (value != null) {
                kept.set(name, value);
            }
        }
        kept.putObject("content");
        for (var path : paths) {
            path.find(event).ifPresent(value -> put(kept, path.names(), value));
        }
        return new JsonOutput(renderedEvent.length).value(kept, JsonRules.LAX).toBytes();
    }

    private static void put(ObjectNode to, List<String> names, JsonNode value) {
        var object = to;
        for (var name : names.subList(0, names.size() - 1)) {
            object =
                    object.get(name) instanceof ObjectNode present
                            ? present
                            : object.putObject(name);
        }
        // A copy, since a longer path may go on inside it.
        object.set(names.getLast(), value.deepCopy());
    }
}
