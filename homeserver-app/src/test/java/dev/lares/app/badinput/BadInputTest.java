package dev.lares.app.badinput;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.RawHttp;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.web.SpecEndpoints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Over raw sockets, for every endpoint that is mapped: a new endpoint is tested from its first
/// day.
class BadInputTest {
    private static final Pattern ELSEWHERE =
            Pattern.compile(
                    "body: (half|array|form|wrong type of .*|70 kB)|no token|token nonsense"
                            + "|foreign room|somebody else's|wrong method|form: NUL");

    @HomeserverTest
    @Nested
    class Of {
        @TestFactory
        Stream<DynamicContainer> everyEndpoint(TestHomeserver server) {
            var world = new World(server);
            var log = server.bean(JdbcClient.class);
            return sorted(server)
                    .map(endpoint ->
                            DynamicContainer.dynamicContainer(
                                    endpoint.spec().operationId(),
                                    inputs(world, endpoint).stream()
                                            .map(input -> refused(server, log, input))));
        }

        @TestFactory
        Stream<DynamicTest> everyForm(TestHomeserver server) {
            var world = new World(server);
            var log = server.bean(JdbcClient.class);
            return sorted(server)
                    .filter(BadForms::readsAForm)
                    .flatMap(endpoint ->
                            new BadForms(world, endpoint, method(endpoint)).senseless().stream())
                    .map(input -> refusedWithAPage(server, log, input));
        }
    }

    @HomeserverTest(properties = {"lares.request-body.timeout=1s", "lares.http.idle-timeout=2s"})
    @Nested
    class OfSlowClients {
        /// Each kind of body once: they are read by the same few lines.
        @TestFactory
        Stream<DynamicTest> everyKindOfBody(TestHomeserver server) {
            var world = new World(server);
            return sorted(server)
                    .filter(endpoint -> !kind(endpoint).isEmpty())
                    .collect(Collectors.toMap(BadInputTest::kind, e -> e, (one, other) -> one))
                    .values()
                    .stream()
                    .flatMap(endpoint ->
                            Stream.of(
                                    slow(server, world, endpoint),
                                    tenMegabytes(server, world, endpoint)));
        }
    }

    private static Stream<SpecEndpoints.Endpoint> sorted(TestHomeserver server) {
        return server.bean(SpecEndpoints.class).all().stream()
                .sorted(Comparator.comparing(endpoint -> endpoint.spec().operationId()));
    }

    private static String method(SpecEndpoints.Endpoint endpoint) {
        return endpoint.methods().iterator().next().name();
    }

    private static List<BadInput> inputs(World world, SpecEndpoints.Endpoint endpoint) {
        var inputs = new ArrayList<>(new BadBodies(world).of(endpoint, method(endpoint)));
        inputs.addAll(new BadTargets(world, endpoint, method(endpoint)).all());
        inputs.addAll(new BadTokens(world, endpoint, method(endpoint)).all());
        inputs.addAll(new BadForms(world, endpoint, method(endpoint)).unreadable());
        var target = world.target(endpoint);
        var elsewhere =
                world.otherTargets(endpoint).stream()
                        .flatMap(other ->
                                inputs.stream()
                                        .filter(input ->
                                                input.target().equals(target) && meansAPath(input))
                                        .map(input -> input.on(other)))
                        .toList();
        inputs.addAll(elsewhere);
        return inputs;
    }

    /// What would show that another path of an endpoint is not the same endpoint: who may call, for
    /// what, and how the body is read. The rest is the same code behind it.
    private static boolean meansAPath(BadInput input) {
        return ELSEWHERE.matcher(input.name()).matches();
    }

    private static DynamicTest refused(TestHomeserver server, JdbcClient log, BadInput input) {
        return DynamicTest.dynamicTest(
                input.name(),
                () -> {
                    long before = head(log);
                    var response =
                            RawHttp.exchange(
                                    server.port(),
                                    input.method(),
                                    input.target(),
                                    input.headers(),
                                    input.body());
                    var what = input.method() + " " + input.target() + " gave " + response;
                    assertThat(response.status()).as(what).isIn(input.statuses());
                    requireError(response, what);
                    if (!input.errcodes().isEmpty()) {
                        assertThat(response.string("/errcode")).as(what).isIn(input.errcodes());
                    }
                    assertThat(head(log)).as("position of the log").isEqualTo(before);
                });
    }

    private static DynamicTest refusedWithAPage(
            TestHomeserver server, JdbcClient log, BadInput input) {
        return DynamicTest.dynamicTest(
                input.target() + " " + input.name(),
                () -> {
                    long before = head(log);
                    var response =
                            RawHttp.exchange(
                                    server.port(),
                                    input.method(),
                                    input.target(),
                                    input.headers(),
                                    input.body());
                    var what = input.target() + " gave " + response;
                    assertThat(response.status()).as(what).isIn(input.statuses());
                    assertThat(response.header("Content-Type").orElse(""))
                            .as(what)
                            .startsWith("text/html");
                    assertThat(head(log)).as("position of the log").isEqualTo(before);
                });
    }

    private static void requireError(TestResponse response, String what) {
        assertThat(response.header("Content-Type").orElse(""))
                .as(what)
                .startsWith("application/json");
        assertThat(response.string("/errcode")).as(what).startsWith("M_");
        assertThat(response.string("/error")).as(what).isNotEmpty();
        assertThat(response).hasHeader("Access-Control-Allow-Origin", "*");
    }

    private static long head(JdbcClient log) {
        return log.sql("SELECT coalesce(max(last_pos), 0) FROM append_batch")
                .query(Long.class)
                .single();
    }

    /// How the body of an endpoint is read; empty where it has none.
    private static String kind(SpecEndpoints.Endpoint endpoint) {
        if (BadForms.readsAForm(endpoint)) {
            return "form";
        }
        return BadBodies.parameter(endpoint)
                .map(parameter ->
                        parameter.getParameterType().isRecord()
                                ? "record"
                                : parameter.getParameterType().getSimpleName())
                .orElse("");
    }

    private static Map<String, String> token(World world) {
        return World.bearer(world.alice().accessToken());
    }

    private static DynamicTest slow(
            TestHomeserver server, World world, SpecEndpoints.Endpoint endpoint) {
        return DynamicTest.dynamicTest(
                "slow " + kind(endpoint),
                () -> {
                    try (var connection = new RawHttp(server.port())) {
                        var head =
                                RawHttp.head(
                                        method(endpoint), world.target(endpoint), token(world), 9);
                        connection.send(head, new byte[] {'{'});
                        var response = connection.receive(method(endpoint));
                        assertThat(response).hasStatus(408).hasErrcode("M_UNKNOWN");
                    }
                });
    }

    private static DynamicTest tenMegabytes(
            TestHomeserver server, World world, SpecEndpoints.Endpoint endpoint) {
        return DynamicTest.dynamicTest(
                "10 MB " + kind(endpoint),
                () -> {
                    var response =
                            RawHttp.exchange(
                                    server.port(),
                                    method(endpoint),
                                    world.target(endpoint),
                                    token(world),
                                    new byte[10 * 1024 * 1024]);
                    assertThat(response).hasStatus(413).hasErrcode("M_TOO_LARGE");
                });
    }
}
