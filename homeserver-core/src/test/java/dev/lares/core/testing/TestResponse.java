package dev.lares.core.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a server answered.
///
/// @param headers by name, whatever its case
public record TestResponse(int status, Map<String, List<String>> headers, byte[] body) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    public TestResponse {
        var ignoringCase = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        ignoringCase.putAll(headers);
        headers = ignoringCase;
    }

    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return MAPPER.readTree(body);
    }

    /// The value at a JSON pointer such as `/room_id`; fails where there is none.
    public JsonNode json(String pointer) {
        var value = json().at(pointer);
        if (value.isMissingNode()) {
            throw new AssertionError("nothing at " + pointer + " in " + this);
        }
        return value;
    }

    /// The string at a JSON pointer; fails where there is none.
    public String string(String pointer) {
        var value = json().at(pointer);
        if (!value.isString()) {
            throw new AssertionError("no string at " + pointer + " in " + this);
        }
        return value.stringValue();
    }

    @Override
    public String toString() {
        return status + " " + text();
    }
}
