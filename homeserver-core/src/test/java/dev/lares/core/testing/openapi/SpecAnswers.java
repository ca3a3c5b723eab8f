package dev.lares.core.testing.openapi;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Checks each answer of the HTTP tests against the specification.
public final class SpecAnswers {
    /// The APIs whose operations we serve.
    public static final List<String> SERVED = List.of("client-server", "server-server");

    private static final Optional<SpecAnswers> SHARED = SpecFiles.find().map(SpecAnswers::new);

    private final SpecOperations operations;
    private final SpecSchemas schemas;
    private final Path errorSchema;

    private SpecAnswers(SpecFiles files) {
        operations = SpecOperations.read(files, SERVED);
        schemas = new SpecSchemas(files);
        errorSchema =
                files.api("client-server")
                        .getFirst()
                        .resolveSibling("definitions/errors/error.yaml");
    }

    /// Nothing where the machine does not have the specification's files, which is said once on the
    /// console.
    public static Optional<SpecAnswers> shared() {
        if (SHARED.isEmpty()) {
            Missing.say();
        }
        return SHARED;
    }

    /// Fails where the answer is not what the specification says; an operation that it does not
    /// know is not looked at.
    ///
    /// @param rawPath still encoded, without the query
    /// @return the operation, where it is known
    public Optional<SpecOperation> check(String method, String rawPath, int status, String body) {
        var found = operations.find(method, rawPath);
        if (found.isEmpty()) {
            return found;
        }
        var operation = found.get();
        var violations = violations(operation, status, body);
        if (!violations.isEmpty()) {
            throw new AssertionError(
                    "%s %s answered %d, which is not what the specification says of %s:%n%s%n%s"
                            .formatted(
                                    method,
                                    rawPath,
                                    status,
                                    operation.operationId(),
                                    String.join("\n", violations),
                                    body));
        }
        return found;
    }

    private List<String> violations(SpecOperation operation, int status, String body) {
        var pointer = operation.schemas().get(status);
        if (pointer == null) {
            return status < 400 ? List.of() : schemas.violations(errorSchema, "", body);
        }
        var violations =
                schemas.violations(operation.file(), pointer, body).stream()
                        .filter(violation -> !isAmbiguous(operation, violation))
                        .toList();
        // Where the specification describes the 401 of interactive authentication, a request
        // without a good token still gets the standard error.
        return violations.isEmpty() || status != 401
                ? violations
                : schemas.violations(errorSchema, "", body);
    }

    /// The specification gives `GET …/state/{eventType}/{stateKey}` one of two schemas, an event or
    /// a bare content. Every event is also an object such as a content may be, so that an event
    /// fits both and `oneOf` refuses it.
    private static boolean isAmbiguous(SpecOperation operation, String violation) {
        return operation.operationId().equals("getRoomStateWithKey")
                && violation.contains("one and only one schema, but 2 are valid");
    }

    private static final class Missing {
        private static final String MESSAGE =
                "SKIPPED: answers are not held against the specification, because the property"
                        + " matrix.spec.dir does not name its folder";

        static {
            System.out.println(MESSAGE);
        }

        static void say() {
            // Loading this class has said it.
        }
    }
}
