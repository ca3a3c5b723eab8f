package dev.lares.client.roomstate;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import java.util.Map;
import org.junit.jupiter.api.Test;

@HomeserverTest
class PutStateTest {
    private static final String PATH =
            "/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}";

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        var room = server.register("alice").createRoom();
        assertThat(server.put(PATH, room.id(), "m.room.name", "", "{}")).hasStatus(401);
    }

    @Test
    void setsWithAndWithoutAKey(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var without = "/_matrix/client/v3/rooms/{roomId}/state/{eventType}";
        assertThat(alice.put(without, room.id(), "m.room.name", "{\"name\":\"1\"}")).isOk();
        assertThat(room.state("m.room.name", "")).hasJson("{\"name\":\"1\"}");
        // The trailing slash spells the empty key.
        assertThat(alice.put(without + "/", room.id(), "m.room.name", "{\"name\":\"2\"}")).isOk();
        assertThat(room.state("m.room.name", "")).hasJson("{\"name\":\"2\"}");
        assertThat(alice.put(PATH, room.id(), "org.example.wall", "a/b;c%d", "{\"n\":1}")).isOk();
        assertThat(room.state("org.example.wall", "a/b;c%d")).hasJson("{\"n\":1}");
        assertThat(room.state("org.example.wall", "")).hasStatus(404).hasErrcode("M_NOT_FOUND");
        assertThat(
                        alice.put(
                                "/_matrix/client/r0/rooms/{r}/state/m.room.name",
                                room.id(),
                                "{\"name\":\"3\"}"))
                .isOk();
    }

    @Test
    void givesTheSameContentTheSameEvent(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var first = alice.sendState(room, "m.room.name", "", Map.of("name", "x"));
        assertThat(alice.sendState(room, "m.room.name", "", Map.of("name", "x"))).isEqualTo(first);
        var other = alice.sendState(room, "m.room.name", "", Map.of("name", "y"));
        assertThat(other).isNotEqualTo(first);
        assertThat(alice.sendState(room, "m.room.name", "", Map.of("name", "x")))
                .isNotEqualTo(first);
    }

    @Test
    void isForbiddenWithoutThePower(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        var room = alice.createRoom().joinedBy(bob);
        assertThat(bob.put(PATH, room.id(), "m.room.name", "", "{\"name\":\"x\"}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(carol.put(PATH, room.id(), "m.room.name", "", "{\"name\":\"x\"}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(alice.put(PATH, room.id(), "org.example.own", bob.id(), "{}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(alice.put(PATH, room.id(), "m.room.create", "", "{}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(room.state("m.room.name", "")).hasStatus(404);
    }

    @Test
    void changesMemberships(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom("{}");
        assertThat(
                        alice.put(
                                PATH,
                                room.id(),
                                "m.room.member",
                                bob.id(),
                                "{\"membership\":\"invite\",\"org.example.why\":\"fun\"}"))
                .isOk();
        assertThat(room.state("m.room.member", bob.id()))
                .hasJson("/org.example.why", "\"fun\"")
                .hasJson("/membership", "\"invite\"");
        assertThat(
                        bob.put(
                                PATH,
                                room.id(),
                                "m.room.member",
                                bob.id(),
                                "{\"membership\":\"join\",\"displayname\":\"Bobby\"}"))
                .isOk();
        assertThat(room.state("m.room.member", bob.id())).hasJson("/displayname", "\"Bobby\"");
        assertThat(
                        bob.put(
                                PATH,
                                room.id(),
                                "m.room.member",
                                bob.id(),
                                "{\"membership\":\"join\",\"displayname\":\"Robert\"}"))
                .isOk();
        assertThat(room.state("m.room.member", bob.id())).hasJson("/displayname", "\"Robert\"");
        assertThat(
                        alice.put(
                                PATH,
                                room.id(),
                                "m.room.member",
                                bob.id(),
                                "{\"membership\":\"join\"}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(
                        alice.put(
                                PATH,
                                room.id(),
                                "m.room.member",
                                bob.id(),
                                "{\"membership\":\"ban\"}"))
                .isOk();
        assertThat(room.membershipOf(bob)).isEqualTo("ban");
    }

    @Test
    void refusesWhatIsNoMembership(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(alice.put(PATH, room.id(), "m.room.member", alice.id(), "{}"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(
                        alice.put(
                                PATH,
                                room.id(),
                                "m.room.member",
                                alice.id(),
                                "{\"membership\":\"gone\"}"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(
                        alice.put(
                                PATH,
                                room.id(),
                                "m.room.member",
                                "alice",
                                "{\"membership\":\"invite\"}"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(room.membershipOf(alice)).isEqualTo("join");
    }

    @Test
    void listsOnlyAliasesOfTheRoom(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var other = alice.createRoom();
        var domain = alice.id().substring(alice.id().indexOf(':'));
        var here = "#here-" + alice.localpart() + domain;
        var there = "#there-" + alice.localpart() + domain;
        var path = "/_matrix/client/v3/directory/room/{alias}";
        assertThat(alice.put(path, here, Map.of("room_id", room.id()))).isOk();
        assertThat(alice.put(path, there, Map.of("room_id", other.id()))).isOk();
        var type = "m.room.canonical_alias";
        assertThat(alice.put(PATH, room.id(), type, "", Map.of("alias", there)))
                .hasStatus(400)
                .hasErrcode("M_BAD_ALIAS");
        assertThat(alice.put(PATH, room.id(), type, "", "{\"alt_aliases\":[\"nothing\"]}"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(alice.put(PATH, room.id(), type, "", "{\"alias\":7}"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(room.state(type, "")).hasStatus(404);
        assertThat(alice.put(PATH, room.id(), type, "", Map.of("alias", here))).isOk();
        // What stands there may stay, also when it points elsewhere by now.
        assertThat(alice.delete(path, here)).isOk();
        assertThat(
                        alice.put(
                                PATH,
                                room.id(),
                                type,
                                "",
                                "{\"alt_aliases\":[\"%s\"]}".formatted(here)))
                .isOk();
        assertThat(alice.put(PATH, room.id(), type, "", "{\"alias\":\"\"}")).isOk();
    }

    @Test
    void refusesWhatIsMalformed(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(alice.put(PATH, room.id(), "m.room.name", "", "[]"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(alice.put(PATH, room.id(), "m.room.name", "", "{\"name\":1e3}"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(alice.put(PATH, room.id(), "m.room.name", "k".repeat(256), "{}"))
                .hasStatus(413)
                .hasErrcode("M_TOO_LARGE");
        assertThat(room.state("m.room.name", "")).hasStatus(404);
    }
}
