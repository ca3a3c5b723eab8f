package dev.lares.client.spacehierarchy;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@HomeserverTest
class SpaceHierarchyTest {
    private static final String HIERARCHY = "/_matrix/client/v1/rooms/{roomId}/hierarchy";

    private static TestRoom space(TestUser creator, String name) {
        return creator.createRoom(
                "{\"preset\":\"public_chat\",\"name\":\"%s\",\"creation_content\":{\"type\":\"m.space\"}}"
                        .formatted(name));
    }

    private static TestRoom room(TestUser creator, String name) {
        return creator.createRoom("{\"preset\":\"public_chat\",\"name\":\"%s\"}".formatted(name));
    }

    private static void add(TestUser user, TestRoom space, TestRoom child, String more) {
        assertThat(
                        user.put(
                                "/_matrix/client/v3/rooms/{r}/state/m.space.child/{c}",
                                space.id(),
                                child.id(),
                                "{\"via\":[\"localhost\"]" + more + "}"))
                .isOk();
    }

    private static List<String> names(TestResponse response) {
        assertThat(response).isOk();
        var names = new ArrayList<String>();
        response.json("/rooms").forEach(room -> names.add(room.path("name").asString("")));
        return names;
    }

    /// A space with two rooms and a space that holds one room and the first space again.
    private static TestRoom tree(TestUser alice) {
        var root = space(alice, "root");
        var inner = space(alice, "inner");
        var last = room(alice, "last");
        add(alice, root, last, "");
        add(alice, root, inner, ",\"order\":\"b\"");
        add(alice, root, room(alice, "first"), ",\"order\":\"a\",\"suggested\":true");
        add(alice, inner, room(alice, "deep"), "");
        add(alice, inner, root, "");
        add(alice, inner, last, "");
        return root;
    }

    @Test
    void isWalkedDepthFirstAndEachRoomShownOnce(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var root = tree(alice);
        var all = bob.get(HIERARCHY, root.id());
        assertThat(names(all)).containsExactly("root", "first", "inner", "deep", "last");
        assertThat(all)
                .lacksMember("/next_batch")
                .hasJson("/rooms/0/room_type", "\"m.space\"")
                .hasJson("/rooms/0/num_joined_members", "1")
                .hasJson("/rooms/0/children_state/0/type", "\"m.space.child\"")
                .hasJson("/rooms/0/children_state/0/sender", "\"" + alice.id() + "\"")
                .hasJson(
                        "/rooms/0/children_state/0/content",
                        "{\"via\":[\"localhost\"],\"order\":\"a\",\"suggested\":true}")
                .hasMember("/rooms/0/children_state/0/origin_server_ts")
                .hasJson("/rooms/1/children_state", "[]");
        assertThat(all.json("/rooms/0/children_state")).hasSize(3);
        assertThat(
                        names(
                                bob.get(
                                        "/_matrix/client/unstable/org.matrix.msc2946/rooms/{r}/hierarchy",
                                        root.id())))
                .hasSize(5);
    }

    @Test
    void goesAsDeepAsItIsAskedTo(TestHomeserver server) {
        var alice = server.register("alice");
        var root = tree(alice);
        assertThat(names(alice.get(HIERARCHY + "?max_depth=0", root.id()))).containsExactly("root");
        assertThat(names(alice.get(HIERARCHY + "?max_depth=1", root.id())))
                .containsExactly("root", "first", "inner", "last");
        var suggested = alice.get(HIERARCHY + "?suggested_only=true", root.id());
        assertThat(names(suggested)).containsExactly("root", "first");
        assertThat(suggested.json("/rooms/0/children_state")).hasSize(1);
    }

    @Test
    void comesPageByPage(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var root = tree(alice);
        var first = alice.get(HIERARCHY + "?limit=2", root.id());
        assertThat(names(first)).containsExactly("root", "first");
        var next = first.string("/next_batch");
        var second = alice.get(HIERARCHY + "?limit=2&from={f}", root.id(), next);
        assertThat(names(second)).containsExactly("inner", "deep");
        // A repeated request gets the same page.
        assertThat(names(alice.get(HIERARCHY + "?limit=2&from={f}", root.id(), next)))
                .containsExactly("inner", "deep");
        var third =
                alice.get(HIERARCHY + "?limit=2&from={f}", root.id(), second.string("/next_batch"));
        assertThat(names(third)).containsExactly("last");
        assertThat(third).lacksMember("/next_batch");

        for (var query : List.of("&suggested_only=true", "&max_depth=1")) {
            assertThat(alice.get(HIERARCHY + "?from={f}" + query, root.id(), next))
                    .hasStatus(400)
                    .hasErrcode("M_INVALID_PARAM");
        }
        assertThat(bob.get(HIERARCHY + "?from={f}", root.id(), next))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(alice.get(HIERARCHY + "?from={f}", space(alice, "other").id(), next))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        server.bean(JdbcClient.class)
                .sql("UPDATE space_hierarchy_page SET expires_ts = 0 WHERE token = :token")
                .param("token", next)
                .update();
        assertThat(alice.get(HIERARCHY + "?from={f}", root.id(), next))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(server.bean(HierarchyPageRepository.class).deleteOld(100)).isEqualTo(1);
    }

    @Test
    void leavesOutWhatTheUserMayNotSee(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var root = space(alice, "root");
        var hidden =
                alice.createRoom(
                        "{\"preset\":\"private_chat\",\"name\":\"hidden\",\"creation_content\":{\"type\":\"m.space\"}}");
        var restricted =
                alice.createRoom(
                        ("{\"preset\":\"private_chat\",\"name\":\"restricted\",\"initial_state\":["
                                        + "{\"type\":\"m.room.join_rules\",\"content\":{\"join_rule\":\"restricted\","
                                        + "\"allow\":[{\"type\":\"m.room_membership\",\"room_id\":\"%s\"}]}}]}")
                                .formatted(root.id()));
        add(alice, root, hidden, "");
        add(alice, hidden, room(alice, "behind"), "");
        add(alice, root, restricted, "");
        assertThat(
                        alice.put(
                                "/_matrix/client/v3/rooms/{r}/state/m.space.child/{c}",
                                root.id(),
                                "!nowhere:elsewhere.example",
                                "{\"via\":[\"elsewhere.example\"]}"))
                .isOk();
        assertThat(names(bob.get(HIERARCHY, root.id()))).containsExactly("root");
        assertThat(bob.join(root)).isOk();
        assertThat(names(bob.get(HIERARCHY, root.id()))).containsExactly("root", "restricted");
        assertThat(names(alice.get(HIERARCHY, root.id())))
                .containsExactly("root", "hidden", "behind", "restricted");
        assertThat(bob.get(HIERARCHY, hidden.id())).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(bob.get(HIERARCHY, "!nowhere:localhost"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
    }

    @Test
    void knowsNoChildrenThatWereTakenOut(TestHomeserver server) {
        var alice = server.register("alice");
        var root = space(alice, "root");
        var child = room(alice, "child");
        add(alice, root, child, "");
        alice.sendState(root, "m.space.child", "not a room", Map.of("via", List.of("localhost")));
        assertThat(names(alice.get(HIERARCHY, root.id()))).containsExactly("root", "child");
        alice.sendState(root, "m.space.child", child.id(), Map.of());
        var after = alice.get(HIERARCHY, root.id());
        assertThat(names(after)).containsExactly("root");
        assertThat(after).hasJson("/rooms/0/children_state", "[]");
        // A room that is no space has no children, whatever it says.
        add(alice, child, root, "");
        assertThat(names(alice.get(HIERARCHY, child.id()))).containsExactly("child");
    }

    @Test
    void refusesWhatIsMalformed(TestHomeserver server) {
        var alice = server.register("alice");
        var root = space(alice, "root");
        assertThat(server.get(HIERARCHY, root.id())).hasStatus(401).hasErrcode("M_MISSING_TOKEN");
        for (var query : List.of("limit=0", "limit=-1", "max_depth=-1", "from=x", "limit=x")) {
            assertThat(alice.get(HIERARCHY + "?" + query, root.id()))
                    .as(query)
                    .hasStatus(400)
                    .hasErrcode("M_INVALID_PARAM");
        }
        assertThat(names(alice.get(HIERARCHY + "?limit=1000000", root.id()))).hasSize(1);
    }
}
