package dev.lares.client.directory;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestUser;
import java.util.Map;
import org.junit.jupiter.api.Test;

@HomeserverTest(properties = {"lares.domain=localhost", "lares.domains=second.example"})
class DirectoryTest {
    private static final String PATH = "/_matrix/client/v3/directory/room/{roomAlias}";
    private static final String OF_ROOM = "/_matrix/client/v3/rooms/{roomId}/aliases";

    private static String alias(String name, TestUser user) {
        return "#" + name + "-" + user.localpart() + user.id().substring(user.id().indexOf(':'));
    }

    @Test
    void pointsToRooms(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var alias = alias("a", alice);
        assertThat(server.get(PATH, alias)).hasStatus(404).hasErrcode("M_NOT_FOUND");
        assertThat(alice.put(PATH, alias, Map.of("room_id", room.id()))).isOk().hasJson("{}");
        assertThat(server.get(PATH, alias))
                .isOk()
                .hasJson("/room_id", "\"" + room.id() + "\"")
                .hasJson("/servers", "[\"localhost\"]");
        assertThat(alice.get(OF_ROOM, room.id()))
                .isOk()
                .hasJson("{\"aliases\":[\"%s\"]}".formatted(alias));
    }

    @Test
    void keepsTheFirstOfTwo(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        var other = bob.createRoom();
        var alias = alias("b", alice);
        assertThat(alice.put(PATH, alias, Map.of("room_id", room.id()))).isOk();
        assertThat(bob.put(PATH, alias, Map.of("room_id", other.id()))).hasStatus(409);
        assertThat(server.get(PATH, alias)).hasJson("/room_id", "\"" + room.id() + "\"");
    }

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        var room = server.register("alice").createRoom();
        var body = Map.of("room_id", room.id());
        assertThat(server.put(PATH, "#x:localhost", body)).hasStatus(401);
        assertThat(server.delete(PATH, "#x:localhost")).hasStatus(401);
        assertThat(server.get(OF_ROOM, room.id())).hasStatus(401);
    }

    @Test
    void staysOnTheOwnDomain(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var body = Map.of("room_id", room.id());
        assertThat(alice.put(PATH, "#x:elsewhere.example", body))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(alice.put(PATH, "#x:second.example", body))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(alice.get(OF_ROOM, room.id())).hasJson("{\"aliases\":[]}");
        var bob = server.onHost("second.example").register("bob");
        var other = bob.createRoom();
        assertThat(bob.put(PATH, alias("x", bob), Map.of("room_id", other.id()))).isOk();
        assertThat(alias("x", bob)).endsWith(":second.example");
    }

    @Test
    void namesRoomsThatTheUserIsIn(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        assertThat(bob.put(PATH, alias("c", bob), Map.of("room_id", room.id())))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(bob.put(PATH, alias("c", bob), "{\"room_id\":\"!nowhere:localhost\"}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(server.get(PATH, alias("c", bob))).hasStatus(404);
    }

    @Test
    void isRemovedByItsMakerAndModerators(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        var room = alice.createRoom().joinedBy(bob, carol);
        var alias = alias("d", bob);
        assertThat(bob.put(PATH, alias, Map.of("room_id", room.id()))).isOk();
        assertThat(carol.delete(PATH, alias)).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(server.get(PATH, alias)).isOk();
        assertThat(bob.delete(PATH, alias)).isOk().hasJson("{}");
        assertThat(bob.delete(PATH, alias)).hasStatus(404).hasErrcode("M_NOT_FOUND");
        assertThat(bob.put(PATH, alias, Map.of("room_id", room.id()))).isOk();
        assertThat(alice.delete(PATH, alias)).isOk();
        assertThat(server.get(PATH, alias)).hasStatus(404);
    }

    @Test
    void isListedToMembersOnly(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        assertThat(bob.get(OF_ROOM, room.id())).hasStatus(403).hasErrcode("M_FORBIDDEN");
        alice.sendState(
                room,
                "m.room.history_visibility",
                "",
                Map.of("history_visibility", "world_readable"));
        assertThat(bob.get(OF_ROOM, room.id())).isOk().hasJson("{\"aliases\":[]}");
    }

    @Test
    void refusesWhatIsMalformed(TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.put(PATH, "x", "{\"room_id\":\"!a:localhost\"}"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(alice.put(PATH, "#x:localhost", "{}")).hasStatus(400).hasErrcode("M_BAD_JSON");
        assertThat(alice.put(PATH, "#x:localhost", "{\"room_id\":\"a\"}"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(server.get(PATH, "x")).hasStatus(400).hasErrcode("M_INVALID_PARAM");
        assertThat(server.get(PATH, "#x:elsewhere.example"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
    }
}
