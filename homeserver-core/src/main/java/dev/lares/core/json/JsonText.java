package dev.lares.core.json;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Parses JSON text within our limits. Throws a [MatrixException]: `M_NOT_JSON` where the text is
/// no JSON or no UTF-8, `M_BAD_JSON` where it breaks the rules or is nested too deep, `M_TOO_LARGE`
/// where it is too long.
public final class JsonText {
    private JsonText() {}

    /// Parses within [JsonLimits#CLIENT]; `M_BAD_JSON` where it is not an object.
    public static ObjectNode parseObject(byte[] utf8, JsonRules rules) {
        return parseObject(utf8, rules, JsonLimits.CLIENT);
    }

    /// `M_BAD_JSON` where it is not an object.
    public static ObjectNode parseObject(byte[] utf8, JsonRules rules, JsonLimits limits) {
        if (parse(utf8, rules, limits) instanceof ObjectNode object) {
            return object;
        }
        throw new MatrixException(ErrorCode.M_BAD_JSON, "Not a JSON object");
    }

    /// Any JSON value.
    public static JsonNode parse(byte[] utf8, JsonRules rules, JsonLimits limits) {
        return JsonReader.read(utf8, rules, limits);
    }
}
