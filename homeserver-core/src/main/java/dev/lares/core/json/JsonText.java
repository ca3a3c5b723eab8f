package dev.lares.core.json;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Parses JSON text within our limits.
public final class JsonText {
    private static final JsonMapper STRICT =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private static final JsonMapper LAX = JsonMapper.builder().build();

    private JsonText() {}

    /// `M_NOT_JSON` where it is no JSON, `M_BAD_JSON` where it is not an object.
    public static ObjectNode parseObject(byte[] utf8, JsonRules rules) {
        try {
            var mapper = rules == JsonRules.STRICT ? STRICT : LAX;
            if (mapper.readTree(utf8) instanceof ObjectNode object) {
                return object;
            }
            throw new MatrixException(ErrorCode.M_BAD_JSON, "Not a JSON object");
        } catch (JacksonException e) {
            throw new MatrixException(ErrorCode.M_NOT_JSON, "Not JSON");
        }
    }
}
