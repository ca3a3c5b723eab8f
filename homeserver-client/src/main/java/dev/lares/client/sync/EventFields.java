package dev.lares.client.sync;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Keeps the members of events that a filter's `event_fields` names, by [dot-separated
/// paths](https://spec.matrix.org/v1.19/appendices/#dot-separated-property-paths).
final class EventFields {
    private EventFields() {}

    /// A copy with what the paths name, and always with `event_id`, without which an event cannot
    /// be told apart.
    static ObjectNode keep(ObjectNode event, List<String> paths) {
        var kept = JsonNodeFactory.instance.objectNode();
        copy(event, kept, List.of("event_id"));
        for (var path : paths) {
            copy(event, kept, segments(path));
        }
        return kept;
    }

    private static void copy(ObjectNode from, ObjectNode to, List<String> path) {
        @Nullable JsonNode value = from;
        for (var segment : path) {
            value = value instanceof ObjectNode object ? object.get(segment) : null;
            if (value == null) {
                return;
            }
        }
        var target = to;
        for (var segment : path.subList(0, path.size() - 1)) {
            target =
                    target.get(segment) instanceof ObjectNode known
                            ? known
                            : target.putObject(segment);
        }
        // A copy: a longer path may put something into it, and the event is not to be changed.
        target.set(path.getLast(), value.deepCopy());
    }

    /// A backslash takes the meaning from a dot or a backslash that follows it.
    static List<String> segments(String path) {
        var segments = new ArrayList<String>();
        var segment = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean escapes =
                    c == '\\'
                            && i + 1 < path.length()
                            && (path.charAt(i + 1) == '.' || path.charAt(i + 1) == '\\');
            if (escapes) {
                segment.append(path.charAt(++i));
            } else if (c == '.') {
                segments.add(segment.toString());
                segment.setLength(0);
            } else {
                segment.append(c);
            }
        }
        segments.add(segment.toString());
        return segments;
    }
}
