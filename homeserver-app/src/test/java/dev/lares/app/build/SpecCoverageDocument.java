package dev.lares.app.build;

import dev.lares.core.testing.openapi.SpecOperation;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The text of `docs/spec-coverage.md`.
final class SpecCoverageDocument {
    private static final String HEAD =
            """
            # What of the specification there is

            Generated from what the tests got; do not edit.

            All operations of the OpenAPI files of the specification, v1.19. *Done*: a test of the build got an answer of success over HTTP that
            the specification's schema allows. *Missing*: there is no such test, and mostly no such endpoint yet.
            """;
    private static final String OTHERS =
            """

            ## APIs of other programs

            Identity servers, push gateways and application services answer these; a homeserver asks them.

            """;
    private static final Comparator<SpecOperation> BY_PATH =
            Comparator.comparing(SpecOperation::path)
                    .thenComparing(SpecOperation::method)
                    .thenComparing(SpecOperation::operationId);

    private SpecCoverageDocument() {}

    /// @param done names of operations
    static String of(List<SpecOperation> served, Set<String> done, List<SpecOperation> others) {
        var text = new StringBuilder(HEAD);
        byApi(served).forEach(operations -> append(text, operations, done));
        text.append(OTHERS);
        byApi(others)
                .forEach(operations ->
                        operations.forEach(operation ->
                                text.append(
                                        "- %s: `%s`, `%s`\n"
                                                .formatted(
                                                        operation.api(),
                                                        operation.operationId(),
                                                        endpoint(operation)))));
        return text.toString();
    }

    private static void append(
            StringBuilder text, List<SpecOperation> operations, Set<String> done) {
        long number = operations.stream().filter(one -> done.contains(one.name())).count();
        text.append(
                "\n## %s: %d of %d\n\n| Operation | Endpoint | |\n|---|---|---|\n"
                        .formatted(operations.getFirst().api(), number, operations.size()));
        for (var operation : operations) {
            text.append(
                    "| `%s` | `%s` | %s |\n"
                            .formatted(
                                    operation.operationId(),
                                    endpoint(operation),
                                    done.contains(operation.name()) ? "done" : "missing"));
        }
    }

    private static List<List<SpecOperation>> byApi(List<SpecOperation> operations) {
        return operations.stream()
                .map(SpecOperation::api)
                .distinct()
                .map(api ->
                        operations.stream()
                                .filter(one -> one.api().equals(api))
                                .sorted(BY_PATH)
                                .toList())
                .collect(Collectors.toList());
    }

    private static String endpoint(SpecOperation operation) {
        return operation.method() + " " + operation.path();
    }
}
