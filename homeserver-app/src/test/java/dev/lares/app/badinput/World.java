package dev.lares.app.badinput;

import dev.lares.core.account.AccountFlag;
import dev.lares.core.account.AccountFlag.Setting;
import dev.lares.core.account.AccountService;
import dev.lares.core.id.UserId;
import dev.lares.core.testing.TestCaller;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import dev.lares.core.web.SpecEndpoint.Access;
import dev.lares.core.web.SpecEndpoints;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What requests name when they are right but for one thing: Alice, who owns the room that they are
/// about, Bob, who is not in it, and an administrator for what only those may do.
final class World {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]*)}");

    private final TestUser alice;
    private final TestUser bob;
    private final TestUser admin;
    private final Map<String, String> values;
    private final String eventOfOtherRoom;
    private final String staleToken;

    World(TestHomeserver server) {
        alice = server.register("alice");
        bob = server.register("bob");
        admin = server.register("admin");
        var accounts = server.bean(AccountService.class);
        accounts.set(accounts.get(new UserId(admin.id())), AccountFlag.ADMIN, Setting.ON);
        var room = alice.createRoom("{\"preset\":\"private_chat\"}");
        var event = alice.say(room, "hello");
        TestRoom other = alice.createRoom("{\"preset\":\"private_chat\"}");
        eventOfOtherRoom = alice.say(other, "elsewhere");
        var leaving = alice.login();
        staleToken = leaving.accessToken();
        leaving.post("/_matrix/client/v3/logout", "{}");
        values =
                Map.ofEntries(
                        Map.entry("roomId", room.id()),
                        Map.entry("roomIdOrAlias", room.id()),
                        Map.entry("userId", alice.id()),
                        Map.entry("eventId", event),
                        Map.entry("roomAlias", "#nowhere" + alice.id().replace('@', '-')),
                        Map.entry("eventType", "m.room.message"),
                        Map.entry("type", "org.example.type"),
                        Map.entry("receiptType", "m.read"),
                        Map.entry("keyName", "displayname"),
                        Map.entry("kind", "override"),
                        Map.entry("ruleId", ".m.rule.master"),
                        Map.entry("stage", "m.login.dummy"));
    }

    TestUser alice() {
        return alice;
    }

    TestUser bob() {
        return bob;
    }

    /// The token of who may call the endpoint.
    String token(SpecEndpoints.Endpoint endpoint) {
        return endpoint.spec().auth() == Access.ADMIN ? admin.accessToken() : alice.accessToken();
    }

    String staleToken() {
        return staleToken;
    }

    String eventOfOtherRoom() {
        return eventOfOtherRoom;
    }

    /// A path of the endpoint with all its variables filled in.
    String target(SpecEndpoints.Endpoint endpoint) {
        return fill(path(endpoint), "", "");
    }

    /// The same with one variable as raw text.
    String target(SpecEndpoints.Endpoint endpoint, String variable, String raw) {
        return fill(path(endpoint), variable, raw);
    }

    /// The endpoint's other paths, legacy ones above all, with all their variables filled in.
    List<String> otherTargets(SpecEndpoints.Endpoint endpoint) {
        return endpoint.paths().stream()
                .filter(path -> !path.equals(path(endpoint)))
                .sorted()
                .map(path -> fill(path, "", ""))
                .toList();
    }

    /// The current spelling, the longest where there are several.
    static String path(SpecEndpoints.Endpoint endpoint) {
        return endpoint.paths().stream()
                .filter(path -> !path.contains("/r0/"))
                .max(Comparator.comparingInt(String::length))
                .orElseThrow();
    }

    static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    private String fill(String path, String variable, String raw) {
        return VARIABLE.matcher(path)
                .replaceAll(match ->
                        Matcher.quoteReplacement(
                                match.group(1).equals(variable)
                                        ? raw
                                        : TestCaller.encode(
                                                values.getOrDefault(match.group(1), "x"))));
    }
}
