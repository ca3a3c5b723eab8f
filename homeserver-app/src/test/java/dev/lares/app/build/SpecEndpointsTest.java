package dev.lares.app.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.openapi.SpecAnswers;
import dev.lares.core.testing.openapi.SpecFiles;
import dev.lares.core.testing.openapi.SpecOperation;
import dev.lares.core.testing.openapi.SpecOperations;
import dev.lares.core.web.SpecEndpoint;
import dev.lares.core.web.SpecEndpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What `@SpecEndpoint` says of each endpoint, held against the specification's OpenAPI files.
@HomeserverTest
class SpecEndpointsTest {
    /// Endpoints that the OpenAPI files do not have, by operation, each with where it is from.
    private static final Map<String, String> NOT_IN_THE_FILES =
            Map.of(
                    "loginFallback", "described in prose: login fallback",
                    "authFallback", "described in prose: fallback of interactive authentication",
                    "authFallbackSubmit", "the form of authFallback",
                    "getRoomStateWithKey", "described in prose: without a key, it is empty",
                    "setRoomStateWithKey", "described in prose: without a key, it is empty");

    /// Where we differ, by operation, each with why.
    private static final Map<String, String> OTHER_AUTHENTICATION =
            Map.of(
                    "getVersions", "everybody gets the same, so that a token is not looked at",
                    "getPublicRooms", "only the operator may open the directory to the world",
                    "getRoomSummary", "the prose lets servers answer who is not logged in");

    @Test
    void areAsTheSpecificationHasThem(TestHomeserver server) {
        var files = SpecFiles.find();
        assumeTrue(
                files.isPresent(),
                "SKIPPED: endpoints are not compared: -Dmatrix.spec.dir names no folder");
        var operations = SpecOperations.read(files.get(), SpecAnswers.SERVED);
        var endpoints = server.bean(SpecEndpoints.class).all();
        assertThat(endpoints).isNotEmpty();
        assertThat(endpoints.stream().flatMap(one -> differences(one, operations)))
                .as("operation, path, authentication and 429 of each endpoint")
                .isEmpty();
    }

    private static Stream<String> differences(
            SpecEndpoints.Endpoint endpoint, SpecOperations operations) {
        var differences = new ArrayList<String>();
        for (var method : endpoint.methods()) {
            for (var path : endpoint.paths()) {
                if (isOfTheSpecification(path) && endpoint.spec().msc().isEmpty()) {
                    operations
                            .find(method.name(), path)
                            .map(operation -> differences(endpoint.spec(), operation))
                            .orElseGet(() -> unknown(endpoint.spec()))
                            .forEach(what -> differences.add(method + " " + path + ": " + what));
                }
            }
        }
        return differences.stream();
    }

    private static boolean isOfTheSpecification(String path) {
        return path.startsWith("/_matrix/") || path.startsWith("/.well-known/matrix/");
    }

    private static List<String> unknown(SpecEndpoint ours) {
        return NOT_IN_THE_FILES.containsKey(ours.operationId())
                ? List.of()
                : List.of("the specification has no such endpoint");
    }

    private static List<String> differences(SpecEndpoint ours, SpecOperation theirs) {
        var differences = new ArrayList<String>();
        if (!ours.operationId().equals(theirs.operationId())) {
            differences.add(ours.operationId() + " is " + theirs.operationId());
        }
        if (auth(ours.auth()) != theirs.auth()
                && !OTHER_AUTHENTICATION.containsKey(ours.operationId())) {
            differences.add(ours.auth() + " is " + theirs.auth());
        }
        if (ours.rateLimited() != theirs.rateLimited()) {
            differences.add("rateLimited is " + theirs.rateLimited());
        }
        return differences;
    }

    private static SpecOperation.Auth auth(SpecEndpoint.Access access) {
        return switch (access) {
            case NONE -> SpecOperation.Auth.NONE;
            case OPTIONAL -> SpecOperation.Auth.OPTIONAL;
            case ACCESS_TOKEN, GUEST_TOKEN, ADMIN, SERVER_SIGNATURE -> SpecOperation.Auth.REQUIRED;
        };
    }
}
