package dev.lares.core.testing.openapi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// All operations of some APIs of the specification.
public final class SpecOperations {
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch");

    /// Stands on the path of `inviteUser` and differs in the request's body only. A request is
    /// taken for the other one.
    private static final String INVITE_BY_3PID = "inviteBy3PID";

    private final List<SpecOperation> all;

    private SpecOperations(List<SpecOperation> all) {
        this.all = List.copyOf(all);
    }

    /// @param apis folders of `data/api`
    public static SpecOperations read(SpecFiles files, List<String> apis) {
        var all = new ArrayList<SpecOperation>();
        for (var api : apis) {
            for (var file : files.api(api)) {
                collect(api, file, files.read(file), all);
            }
        }
        return new SpecOperations(all);
    }

    public List<SpecOperation> all() {
        return all;
    }

    /// The operation that a request is for.
    ///
    /// @param rawPath still encoded, without the query
    public Optional<SpecOperation> find(String method, String rawPath) {
        return all.stream()
                .filter(operation -> operation.matches(method, rawPath))
                .filter(operation -> !operation.operationId().equals(INVITE_BY_3PID))
                .max(Comparator.comparingLong(SpecOperation::fixedSegments));
    }

    private static void collect(String api, Path file, JsonNode document, List<SpecOperation> all) {
        var base =
                document.path("servers")
                        .path(0)
                        .path("variables")
                        .path("basePath")
                        .path("default")
                        .asString("");
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(method -> {
                                    if (METHODS.contains(method.getKey())) {
                                        all.add(
                                                operation(
                                                        api,
                                                        file,
                                                        base,
                                                        path.getKey(),
                                                        method.getKey(),
                                                        method.getValue()));
                                    }
                                }));
    }

    private static SpecOperation operation(
            String api, Path file, String base, String path, String method, JsonNode node) {
        var schemas = new TreeMap<Integer, String>();
        node.path("responses")
                .properties()
                .forEach(response -> {
                    var schema =
                            response.getValue()
                                    .path("content")
                                    .path("application/json")
                                    .path("schema");
                    if (!schema.isMissingNode() && response.getKey().matches("\\d{3}")) {
                        schemas.put(
                                Integer.valueOf(response.getKey()),
                                "/paths/"
                                        + escape(path)
                                        + "/"
                                        + method
                                        + "/responses/"
                                        + response.getKey()
                                        + "/content/application~1json/schema");
                    }
                });
        return new SpecOperation(
                api,
                node.path("operationId").asString(""),
                method.toUpperCase(Locale.ROOT),
                base + path.strip(), // one has a space, to tell two operations of one path apart
                auth(node.path("security")),
                node.path("responses").has("429"),
                file,
                schemas);
    }

    private static SpecOperation.Auth auth(JsonNode security) {
        if (security.isEmpty()) {
            return SpecOperation.Auth.NONE;
        }
        return security.valueStream().anyMatch(one -> one.isEmpty())
                ? SpecOperation.Auth.OPTIONAL
                : SpecOperation.Auth.REQUIRED;
    }

    static String escape(String pointerSegment) {
        return pointerSegment.replace("~", "~0").replace("/", "~1");
    }
}
