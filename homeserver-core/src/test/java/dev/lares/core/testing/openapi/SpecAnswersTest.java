package dev.lares.core.testing.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpecAnswersTest {
    private SpecAnswers answers;

    @BeforeEach
    void needsTheSpecification() {
        assumeTrue(
                SpecAnswers.shared().isPresent(),
                "matrix.spec.dir does not name the specification's folder");
        answers = SpecAnswers.shared().orElseThrow();
    }

    @Test
    void acceptsWhatTheSpecificationSays() {
        assertThatCode(() ->
                        answers.check(
                                "GET",
                                "/_matrix/client/versions",
                                200,
                                """
                                {"versions": ["v1.1"], "unstable_features": {"x": true}}
                                """))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAWrongType() {
        assertThatThrownBy(() ->
                        answers.check(
                                "GET", "/_matrix/client/versions", 200, "{\"versions\": \"v1.1\"}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("versions");
    }

    @Test
    void refusesAMissingMember() {
        assertThatThrownBy(() ->
                        answers.check(
                                "PUT",
                                "/_matrix/client/v3/rooms/!r/send/m.room.message/1",
                                200,
                                "{}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("event_id");
    }

    @Test
    void followsReferencesIntoOtherFiles() {
        var broken =
                """
                {"next_batch": "s1", "rooms": {"join": {"!r:x": {"timeline": {"events": [{"type": 1}]}}}}}
                """;
        assertThatThrownBy(() -> answers.check("GET", "/_matrix/client/v3/sync", 200, broken))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("/rooms/join");
    }

    @Test
    void wantsAnErrorCodeInEveryError() {
        assertThatThrownBy(() ->
                        answers.check("GET", "/_matrix/client/v3/sync", 401, "{\"error\": \"x\"}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("errcode");
    }

    @Test
    void compilesEverySchema() {
        var files = SpecFiles.find().orElseThrow();
        var schemas = new SpecSchemas(files);
        var operations = SpecOperations.read(files, SpecAnswers.SERVED).all();
        assertThat(operations).hasSizeGreaterThan(190);
        for (var operation : operations) {
            operation
                    .schemas()
                    .values()
                    .forEach(pointer -> schemas.violations(operation.file(), pointer, "{}"));
        }
        assertThat(operations.stream().map(SpecOperation::name).toList()).doesNotHaveDuplicates();
        assertThat(List.of("login", "sync", "sendMessage"))
                .allMatch(id -> operations.stream().anyMatch(o -> o.operationId().equals(id)));
    }
}
