package dev.lares.client.slidingsync;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads members of requests. What has another type than it should is `M_BAD_JSON`, too long lists
/// are `M_INVALID_PARAM`, and `null` is as good as nothing.
final class JsonMembers {
    /// Longest list of names: each is looked at for each room.
    static final int LIST_MAX = 200;

    static final int TEXT_MAX = 255;

    private JsonMembers() {}

    static Optional<JsonNode> find(ObjectNode json, String name) {
        return Optional.ofNullable(json.get(name)).filter(value -> !value.isNull());
    }

    static Optional<ObjectNode> object(ObjectNode json, String name) {
        return find(json, name).map(value -> asObject(value, name));
    }

    static ObjectNode asObject(JsonNode value, String name) {
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw bad(name, "an object");
    }

    static Optional<Boolean> flag(ObjectNode json, String name) {
        return find(json, name)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw bad(name, "true or false");
                    }
                    return value.booleanValue();
                });
    }

    static Optional<Long> number(ObjectNode json, String name) {
        return find(json, name).map(value -> asNumber(value, name));
    }

    static long asNumber(JsonNode value, String name) {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw bad(name, "an integer");
        }
        if (value.longValue() < 0) {
            throw invalid("'" + name + "' is not negative");
        }
        return value.longValue();
    }

    static Optional<String> text(ObjectNode json, String name) {
        return find(json, name).map(value -> asText(value, name));
    }

    static String asText(JsonNode value, String name) {
        if (!value.isString()) {
            throw bad(name, "a string");
        }
        if (value.stringValue().length() > TEXT_MAX) {
            throw invalid("'" + name + "' has at most " + TEXT_MAX + " characters");
        }
        return value.stringValue();
    }

    static Optional<List<JsonNode>> list(ObjectNode json, String name) {
        return find(json, name).map(value -> asList(value, name));
    }

    static List<JsonNode> asList(JsonNode value, String name) {
        if (!value.isArray()) {
            throw bad(name, "a list");
        }
        if (value.size() > LIST_MAX) {
            throw invalid("'" + name + "' has at most " + LIST_MAX + " entries");
        }
        var items = new ArrayList<JsonNode>(value.size());
        value.forEach(items::add);
        return items;
    }

    static Optional<Set<String>> texts(ObjectNode json, String name) {
        return list(json, name)
                .map(items -> {
                    var texts = new LinkedHashSet<String>();
                    items.forEach(item -> texts.add(asText(item, name)));
                    return texts;
                });
    }

    /// As [#texts], an empty text standing for `null`.
    static Optional<Set<String>> textsOrNull(ObjectNode json, String name) {
        return list(json, name)
                .map(items -> {
                    var texts = new LinkedHashSet<String>();
                    items.forEach(item -> texts.add(item.isNull() ? "" : asText(item, name)));
                    return texts;
                });
    }

    static MatrixException bad(String name, String expected) {
        return new MatrixException(ErrorCode.M_BAD_JSON, "'" + name + "' has to be " + expected);
    }

    static MatrixException invalid(String message) {
        return new MatrixException(ErrorCode.M_INVALID_PARAM, message);
    }
}
