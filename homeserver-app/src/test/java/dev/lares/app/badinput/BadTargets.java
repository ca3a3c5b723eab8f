package dev.lares.app.badinput;

import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomAlias;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.RoomIdOrAlias;
import dev.lares.core.id.UserId;
import dev.lares.core.testing.TestCaller;
import dev.lares.core.web.SpecEndpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;

/// Paths and queries that name nothing, and what is none of the caller's business.
final class BadTargets {
    private static final Set<Class<?>> IDENTIFIERS =
            Set.of(RoomId.class, RoomAlias.class, RoomIdOrAlias.class, UserId.class, EventId.class);
    private static final Set<Class<?>> PARSED =
            Set.of(int.class, long.class, Integer.class, Long.class, boolean.class, Boolean.class);
    private static final Set<String> INVALID = Set.of("M_INVALID_PARAM");

    /// Another parameter that is required may be missed first.
    private static final Set<String> INVALID_OR_MISSING =
            Set.of("M_INVALID_PARAM", "M_MISSING_PARAM");

    private final World world;
    private final SpecEndpoints.Endpoint endpoint;
    private final String method;
    private final List<BadInput> all = new ArrayList<>();

    BadTargets(World world, SpecEndpoints.Endpoint endpoint, String method) {
        this.world = world;
        this.endpoint = endpoint;
        this.method = method;
    }

    List<BadInput> all() {
        for (var parameter : endpoint.method().getMethodParameters()) {
            if (parameter.hasParameterAnnotation(PathVariable.class)) {
                path(parameter);
            }
            var query = parameter.getParameterAnnotation(RequestParam.class);
            if (query != null) {
                query(parameter, query);
            }
        }
        rooms();
        add(
                "wrong method",
                "BREW",
                world.target(endpoint),
                token(),
                Set.of(405),
                Set.of("M_UNRECOGNIZED"));
        return all;
    }

    private void path(MethodParameter parameter) {
        parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
        var name = String.valueOf(parameter.getParameterName());
        if (!World.path(endpoint).contains("{" + name + "}")) {
            return;
        }
        var type = parameter.nestedIfOptional().getNestedParameterType();
        add(name + " with NUL", world.target(endpoint, name, "%21a%00:b"), Set.of(400), INVALID);
        add(name + " not UTF-8", world.target(endpoint, name, "%21%FF:b"), Set.of(400), INVALID);
        add(name + " half encoded", world.target(endpoint, name, "%21%2:b"), Set.of(400), INVALID);
        if (IDENTIFIERS.contains(type)) {
            add(name + " is none", world.target(endpoint, name, "none"), Set.of(400), INVALID);
            add(
                    name + " too long",
                    world.target(endpoint, name, "!" + "x".repeat(300)),
                    Set.of(400),
                    INVALID);
        }
        if (!World.path(endpoint).endsWith("{" + name + "}")) {
            add(
                    name + " empty",
                    world.target(endpoint, name, ""),
                    Set.of(404),
                    Set.of("M_UNRECOGNIZED"));
        }
    }

    private void query(MethodParameter parameter, RequestParam query) {
        parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
        var name =
                query.name().isEmpty()
                        ? String.valueOf(parameter.getParameterName())
                        : query.name();
        var type = parameter.nestedIfOptional().getNestedParameterType();
        if (PARSED.contains(type) || type.isEnum()) {
            add(
                    "query " + name,
                    world.target(endpoint) + "?" + name + "=x%20y",
                    Set.of(400),
                    INVALID_OR_MISSING);
        }
        if (query.required()
                && query.defaultValue().equals(ValueConstants.DEFAULT_NONE)
                && parameter.getParameterType() != Optional.class) {
            add(
                    "query without " + name,
                    world.target(endpoint),
                    Set.of(400),
                    Set.of("M_MISSING_PARAM"));
        }
        add(
                "query " + name + " with NUL",
                world.target(endpoint) + "?" + name + "=%00",
                Set.of(400),
                INVALID);
    }

    /// Rooms and events that exist and are none of the caller's business.
    private void rooms() {
        var path = World.path(endpoint);
        var bob = World.bearer(world.bob().accessToken());
        if (path.contains("/user/{userId}/") || path.contains("/typing/{userId}")) {
            add("somebody else's", method, world.target(endpoint), bob, Set.of(400, 403), Set.of());
        }
        if (path.contains("/rooms/{roomId}/")) {
            add(
                    "foreign room",
                    method,
                    world.target(endpoint),
                    bob,
                    Set.of(400, 403, 404),
                    Set.of());
            add(
                    "foreign room, token in the query",
                    method,
                    world.target(endpoint) + "?access_token=" + world.bob().accessToken(),
                    Map.of(),
                    Set.of(400, 403, 404),
                    Set.of());
        }
        if (path.contains("{roomId}") && path.contains("{eventId}")) {
            add(
                    "event of another room",
                    world.target(endpoint, "eventId", TestCaller.encode(world.eventOfOtherRoom())),
                    Set.of(400, 403, 404),
                    Set.of());
        }
    }

    private Map<String, String> token() {
        return World.bearer(world.token(endpoint));
    }

    private void add(String name, String target, Set<Integer> statuses, Set<String> errcodes) {
        add(name, method, target, token(), statuses, errcodes);
    }

    private void add(
            String name,
            String sentMethod,
            String target,
            Map<String, String> headers,
            Set<Integer> statuses,
            Set<String> errcodes) {
        all.add(
                new BadInput(
                        name,
                        sentMethod,
                        target,
                        headers,
                        BadInput.body(sentMethod),
                        statuses,
                        errcodes));
    }
}
