package dev.lares.app.badinput;

import dev.lares.core.web.SpecEndpoint.Access;
import dev.lares.core.web.SpecEndpoints;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Requests without a token, with one that is no good, or with a good one in the wrong place.
final class BadTokens {
    private static final Set<String> MISSING = Set.of("M_MISSING_TOKEN");
    private static final Set<String> UNKNOWN = Set.of("M_UNKNOWN_TOKEN");

    private final World world;
    private final SpecEndpoints.Endpoint endpoint;
    private final String method;
    private final List<BadInput> all = new ArrayList<>();

    BadTokens(World world, SpecEndpoints.Endpoint endpoint, String method) {
        this.world = world;
        this.endpoint = endpoint;
        this.method = method;
    }

    List<BadInput> all() {
        var access = endpoint.spec().auth();
        if (access == Access.NONE || access == Access.SERVER_SIGNATURE) {
            return List.of();
        }
        if (access != Access.OPTIONAL) {
            absent();
        }
        inTheHeader();
        inTheQuery();
        return all;
    }

    private void absent() {
        add("no token", "", Map.of(), MISSING);
        add("another scheme", "", Map.of("Authorization", "Basic eDp5"), MISSING);
        if (!method.equals("GET")) {
            var body = "access_token=" + world.alice().accessToken();
            all.add(
                    new BadInput(
                            "token in a form",
                            method,
                            world.target(endpoint),
                            Map.of("Content-Type", "application/x-www-form-urlencoded"),
                            body.getBytes(StandardCharsets.UTF_8),
                            Set.of(401),
                            MISSING));
        }
    }

    private void inTheHeader() {
        for (var token :
                List.of(
                        world.staleToken(),
                        "nonsense",
                        "x".repeat(8_000),
                        "syt_YWxpY2U_abc_123",
                        "ä")) {
            var name = "token " + token.substring(0, Math.min(token.length(), 12));
            add(name, "", World.bearer(token), UNKNOWN);
        }
    }

    private void inTheQuery() {
        add("query token, stale", "?access_token=" + world.staleToken(), Map.of(), UNKNOWN);
        add("query token, nonsense", "?access_token=nonsense", Map.of(), UNKNOWN);
        add("query token, empty", "?access_token=", Map.of(), UNKNOWN);
        add("query token, NUL", "?access_token=a%00", Map.of(), UNKNOWN);
        // The header counts where there are both.
        add(
                "query token, good, beside a stale header",
                "?access_token=" + world.alice().accessToken(),
                World.bearer(world.staleToken()),
                UNKNOWN);
        for (var broken : List.of("%zz", "%", "%FF")) {
            all.add(
                    new BadInput(
                            "query token, broken " + broken,
                            method,
                            world.target(endpoint) + "?access_token=" + broken,
                            Map.of(),
                            BadInput.body(method),
                            Set.of(400, 401),
                            Set.of("M_INVALID_PARAM", "M_UNKNOWN_TOKEN")));
        }
    }

    private void add(String name, String query, Map<String, String> headers, Set<String> errcodes) {
        all.add(
                new BadInput(
                        name,
                        method,
                        world.target(endpoint) + query,
                        headers,
                        BadInput.body(method),
                        Set.of(401),
                        errcodes));
    }
}
