package dev.lares.core.json;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes canonical JSON.
final class CanonicalJsonWriter {
    private static final Comparator<Map.Entry<String, JsonNode>> BY_NAME =
            (a, b) -> compareCodePoints(a.getKey(), b.getKey());

    private final JsonRules rules;
    private final JsonOutput out;
    private int depth;

    private CanonicalJsonWriter(JsonRules rules, JsonOutput out) {
        this.rules = rules;
        this.out = out;
    }

    static byte[] write(JsonNode node, JsonRules rules) {
        var out = new JsonOutput(1024);
        append(node, rules, out);
        return out.toBytes();
    }

    static void append(JsonNode node, JsonRules rules, JsonOutput out) {
        new CanonicalJsonWriter(rules, out).append(node);
    }

    private void append(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                enter();
                object((ObjectNode) node);
                depth--;
            }
            case ARRAY -> {
                enter();
                array(node);
                depth--;
            }
            case STRING -> out.string(node.stringValue());
            case NUMBER -> CanonicalNumbers.append(node, rules, out);
            case BOOLEAN -> out.ascii(node.booleanValue() ? "true" : "false");
            case NULL -> out.ascii("null");
            case BINARY, MISSING, POJO -> throw new IllegalStateException("Not JSON: " + node);
        }
    }

    private void enter() {
        if (++depth > JsonLimits.EVENT.depthMax()) {
            throw new MatrixException(ErrorCode.M_BAD_JSON, "The JSON is nested too deep");
        }
    }

    private void array(JsonNode node) {
        char separator = '[';
        for (var element : node) {
            out.ascii(separator);
            append(element);
            separator = ',';
        }
        if (separator == '[') {
            out.ascii('[');
        }
        out.ascii(']');
    }

    private void object(ObjectNode node) {
        char separator = '{';
        for (var member : sorted(node)) {
            out.ascii(separator).string(member.getKey()).ascii(':');
            append(member.getValue());
            separator = ',';
        }
        if (separator == '{') {
            out.ascii('{');
        }
        out.ascii('}');
    }

    private static Iterable<Map.Entry<String, JsonNode>> sorted(ObjectNode node) {
        var members = node.properties();
        String last = null;
        for (var member : members) {
            if (last != null && compareCodePoints(last, member.getKey()) > 0) {
                return sortedCopy(members);
            }
            last = member.getKey();
        }
        return members;
    }

    private static Iterable<Map.Entry<String, JsonNode>> sortedCopy(
            Iterable<Map.Entry<String, JsonNode>> members) {
        var copy = new ArrayList<Map.Entry<String, JsonNode>>();
        members.forEach(copy::add);
        copy.sort(BY_NAME);
        return copy;
    }

    /// [String#compareTo] compares UTF-16 units and would put U+1F600 (D83D DE00) before U+FB01.
    static int compareCodePoints(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // A surrogate stands for more than U+FFFF, whatever it is compared with.
                if (Character.isSurrogate(x) != Character.isSurrogate(y)) {
                    return Character.isSurrogate(x) ? 1 : -1;
                }
                return Character.compare(x, y);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
