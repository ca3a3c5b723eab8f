package dev.lares.core.testing.openapi;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Schemas of the specification, each with all that it refers to in one document.
public final class SpecSchemas {
    private final SpecFiles files;
    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final ConcurrentMap<String, Schema> compiled = new ConcurrentHashMap<>();

    public SpecSchemas(SpecFiles files) {
        this.files = files;
    }

    /// What is wrong with a JSON text under the schema at a pointer in a file; nothing where it is
    /// right.
    public List<String> violations(Path file, String pointer, String json) {
        var schema =
                compiled.computeIfAbsent(
                        file + "#" + pointer,
                        key -> registry.getSchema(new Bundle().of(file, pointer)));
        return schema.validate(json, InputFormat.JSON).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    /// Copies a schema and gives each file that it refers to a place under `$defs`.
    private final class Bundle {
        private final ObjectNode definitions = JsonNodeFactory.instance.objectNode();
        private final Map<String, String> names = new HashMap<>();

        JsonNode of(Path file, String pointer) {
            var root = JsonNodeFactory.instance.objectNode();
            root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
            root.put("$ref", reference(file, pointer));
            root.set("$defs", definitions);
            return root;
        }

        private String reference(Path file, String pointer) {
            var target = file.toAbsolutePath().normalize();
            var key = target + "#" + pointer;
            var known = names.get(key);
            if (known == null) {
                known = "d" + names.size();
                names.put(key, known);
                var node = files.read(target).at(JsonPointer.compile(pointer));
                if (node.isMissingNode()) {
                    throw new IllegalStateException("The specification has no " + key);
                }
                definitions.set(known, copy(target, node));
            }
            return "#/$defs/" + known;
        }

        private JsonNode copy(Path file, JsonNode node) {
            return switch (node) {
                case ObjectNode object -> copyObject(file, object);
                case ArrayNode array -> {
                    var copy = JsonNodeFactory.instance.arrayNode();
                    array.forEach(item -> copy.add(copy(file, item)));
                    yield copy;
                }
                case JsonNode other -> other;
            };
        }

        private ObjectNode copyObject(Path file, ObjectNode object) {
            var copy = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(member -> {
                        var name = member.getKey();
                        var value = member.getValue();
                        if (name.equals("$ref") && value.isString()) {
                            copy.put(name, follow(file, value.stringValue()));
                        } else if (!isNotSchema(name, value)) {
                            copy.set(name, copy(file, value));
                        }
                    });
            return copy;
        }

        private String follow(Path file, String reference) {
            int hash = reference.indexOf('#');
            var path = hash < 0 ? reference : reference.substring(0, hash);
            var pointer = hash < 0 ? "" : reference.substring(hash + 1);
            var target = path.isEmpty() ? file : file.getParent().resolve(path);
            return reference(target, pointer);
        }

        /// Examples and notes, which may look like schemas with broken references.
        private static boolean isNotSchema(String name, JsonNode value) {
            return name.startsWith("x-")
                    || (name.equals("example") && !isPropertyNamedSo(value))
                    || (name.equals("examples") && !isPropertyNamedSo(value));
        }

        private static boolean isPropertyNamedSo(JsonNode value) {
            return value.isObject()
                    && value.has("type")
                    && value.path("type").isString()
                    && value.has("description");
        }
    }
}
