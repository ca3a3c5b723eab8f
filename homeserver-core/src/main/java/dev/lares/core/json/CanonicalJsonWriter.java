package dev.lares.core.json;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes canonical JSON.
final class CanonicalJsonWriter {
    private static final long INTEGER_MAX = (1L << 53) - 1;

    private final StringBuilder out = new StringBuilder(512);
    private final JsonRules rules;

    private CanonicalJsonWriter(JsonRules rules) {
        this.rules = rules;
    }

    static byte[] write(ObjectNode tree, JsonRules rules) {
        var writer = new CanonicalJsonWriter(rules);
        writer.append(tree);
        return writer.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void append(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> appendObject(node);
            case ARRAY -> {
                out.append('[');
                for (int i = 0; i < node.size(); i++) {
                    if (i > 0) {
                        out.append(',');
                    }
                    append(node.get(i));
                }
                out.append(']');
            }
            case STRING -> appendString(node.stringValue());
            case NUMBER -> {
                requireNumber(node);
                out.append(node.numberValue());
            }
            case BOOLEAN, NULL -> out.append(node.asString());
            case BINARY, MISSING, POJO -> throw new IllegalStateException("Not JSON: " + node);
        }
    }

    private void requireNumber(JsonNode node) {
        if (rules == JsonRules.STRICT
                && (!node.isIntegralNumber()
                        || !node.canConvertToLong()
                        || Math.abs(node.longValue()) > INTEGER_MAX)) {
            throw new MatrixException(
                    ErrorCode.M_BAD_JSON, "Numbers are integers between -(2^53)+1 and (2^53)-1");
        }
    }

    private void appendObject(JsonNode node) {
        var names = new ArrayList<>(node.propertyNames());
        names.sort(CanonicalJsonWriter::compareCodePoints);
        out.append('{');
        boolean first = true;
        for (String name : names) {
            if (!first) {
                out.append(',');
            }
            first = false;
            appendString(name);
            out.append(':');
            append(node.get(name));
        }
        out.append('}');
    }

    private void appendString(String value) {
        out.append('"').append(JsonStringEncoder.getInstance().quoteAsCharArray(value)).append('"');
    }

    private static int compareCodePoints(String a, String b) {
        return java.util.Arrays.compareUnsigned(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
