package dev.lares.core.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A [dot-separated property
/// path](https://spec.matrix.org/v1.19/appendices/#dot-separated-property-paths), such as
/// `content.m\.relates_to.rel_type`.
///
/// @param names unescaped, outermost first; at least one
public record PropertyPath(List<String> names) {
    public PropertyPath {
        names = List.copyOf(names);
    }

    /// Any text is a path.
    public static PropertyPath parse(String text) {
        var names = new ArrayList<String>();
        var name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                names.add(name.toString());
                name.setLength(0);
                continue;
            }
            // Only dots and backslashes are escaped; any other backslash stands for itself.
            if (c == '\\' && i + 1 < text.length()) {
                char escaped = text.charAt(i + 1);
                if (escaped == '.' || escaped == '\\') {
                    c = escaped;
                    i++;
                }
            }
            name.append(c);
        }
        names.add(name.toString());
        return new PropertyPath(names);
    }

    /// The value at the path; empty where a property is missing or something on the way is no
    /// object.
    public Optional<JsonNode> find(ObjectNode object) {
        JsonNode node = object;
        for (var name : names) {
            if (!(node instanceof ObjectNode parent)) {
                return Optional.empty();
            }
            node = parent.get(name);
            if (node == null) {
                return Optional.empty();
            }
        }
        return Optional.of(node);
    }
}
