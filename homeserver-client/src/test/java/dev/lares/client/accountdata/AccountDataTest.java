package dev.lares.client.accountdata;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@HomeserverTest
class AccountDataTest {
    private static final String GLOBAL = "/_matrix/client/v3/user/{userId}/account_data/{type}";
    private static final String ROOM =
            "/_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}";

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(server.put(GLOBAL, alice.id(), "org.x", "{}")).hasErrcode("M_MISSING_TOKEN");
        assertThat(server.get(GLOBAL, alice.id(), "org.x")).hasErrcode("M_MISSING_TOKEN");
        assertThat(server.put(ROOM, alice.id(), room.id(), "org.x", "{}"))
                .hasErrcode("M_MISSING_TOKEN");
        assertThat(server.get(ROOM, alice.id(), room.id(), "org.x")).hasErrcode("M_MISSING_TOKEN");
        assertThat(alice.get(GLOBAL, alice.id(), "org.x")).hasStatus(404);
        assertThat(alice.get(ROOM, alice.id(), room.id(), "org.x")).hasStatus(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":{\"b\":[1,null,true,\"\\u0000\"]},\"order\":0.25,\"n\":9007199254740993}"
            })
    void isKeptAsItIs(String content, TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        for (int i = 0; i < 2; i++) {
            assertThat(alice.put(GLOBAL, alice.id(), "org.x/y", content)).isOk().hasJson("{}");
            assertThat(alice.get(GLOBAL, alice.id(), "org.x/y")).isOk().hasJson(content);
            assertThat(alice.put(ROOM, alice.id(), room.id(), "org.x/y", content)).isOk();
            assertThat(alice.get(ROOM, alice.id(), room.id(), "org.x/y")).isOk().hasJson(content);
        }
        var sync = alice.login().sync();
        assertThat(sync).isOk();
        assertThat(sync.json().path("account_data").toString()).contains("org.x/y");
        assertThat(sync.json().path("rooms").path("join").path(room.id()).toString())
                .contains("org.x/y");
    }

    @Test
    void isOfOneRoomOrOfNone(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var other = alice.createRoom();
        assertThat(alice.put(ROOM, alice.id(), room.id(), "org.x", "{\"a\":1}")).isOk();
        assertThat(alice.get(GLOBAL, alice.id(), "org.x")).hasStatus(404).hasErrcode("M_NOT_FOUND");
        assertThat(alice.get(ROOM, alice.id(), other.id(), "org.x"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        assertThat(alice.put(GLOBAL, alice.id(), "org.x", "{\"a\":2}")).isOk();
        assertThat(alice.get(ROOM, alice.id(), room.id(), "org.x")).hasJson("{\"a\":1}");
    }

    @Test
    void isForItsUserOnly(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        assertThat(alice.put(GLOBAL, alice.id(), "org.x", "{\"a\":1}")).isOk();
        assertThat(alice.put(ROOM, alice.id(), room.id(), "org.x", "{\"a\":1}")).isOk();
        assertThat(bob.get(GLOBAL, alice.id(), "org.x")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(bob.put(GLOBAL, alice.id(), "org.x", "{}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(bob.get(ROOM, alice.id(), room.id(), "org.x"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(bob.put(ROOM, alice.id(), room.id(), "org.x", "{}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(alice.get(GLOBAL, alice.id(), "org.x")).hasJson("{\"a\":1}");
        assertThat(alice.get(ROOM, alice.id(), room.id(), "org.x")).hasJson("{\"a\":1}");
        assertThat(bob.sync().text()).doesNotContain("org.x");
    }

    @Test
    void isForbiddenForRoomsThatAreNotTheUsers(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        for (var id : new String[] {room.id(), "!nowhere:localhost"}) {
            assertThat(bob.put(ROOM, bob.id(), id, "org.x", "{}"))
                    .hasStatus(403)
                    .hasErrcode("M_FORBIDDEN");
            assertThat(bob.get(ROOM, bob.id(), id, "org.x"))
                    .hasStatus(404)
                    .hasErrcode("M_NOT_FOUND");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"m.fully_read", "m.push_rules"})
    void isTheServersForSomeTypes(String type, TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(alice.put(GLOBAL, alice.id(), type, "{}"))
                .hasStatus(405)
                .hasErrcode("M_BAD_JSON");
        assertThat(alice.put(ROOM, alice.id(), room.id(), type, "{}"))
                .hasStatus(405)
                .hasErrcode("M_BAD_JSON");
        assertThat(alice.get(ROOM, alice.id(), room.id(), type)).hasStatus(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[] | M_BAD_JSON", "7 | M_BAD_JSON", "{ | M_NOT_JSON", "'' | M_NOT_JSON"})
    void isRefusedWhereItIsNoObject(String content, String code, TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(alice.put(GLOBAL, alice.id(), "org.x", "{\"a\":1}")).isOk();
        assertThat(alice.put(GLOBAL, alice.id(), "org.x", content)).hasStatus(400).hasErrcode(code);
        assertThat(alice.put(ROOM, alice.id(), room.id(), "org.x", content))
                .hasStatus(400)
                .hasErrcode(code);
        assertThat(alice.get(GLOBAL, alice.id(), "org.x")).hasJson("{\"a\":1}");
        assertThat(alice.get(ROOM, alice.id(), room.id(), "org.x")).hasStatus(404);
    }

    @Test
    void isRefusedAboveItsSize(TestHomeserver server) {
        var alice = server.register("alice");
        var atLimit = "{\"x\":\"" + "y".repeat(65_536 - 8) + "\"}";
        assertThat(alice.put(GLOBAL, alice.id(), "org.x", atLimit)).isOk();
        assertThat(alice.put(GLOBAL, alice.id(), "org.x", atLimit.replace("yy\"", "yyy\"")))
                .hasStatus(413)
                .hasErrcode("M_TOO_LARGE");
        assertThat(alice.get(GLOBAL, alice.id(), "org.x")).hasJson(atLimit);
        assertThat(alice.put(GLOBAL, alice.id(), "t".repeat(255), "{}")).isOk();
        assertThat(alice.put(GLOBAL, alice.id(), "t".repeat(256), "{}"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(alice.get(GLOBAL, alice.id(), "t".repeat(256))).hasStatus(404);
    }

    @Test
    void answersTheOldPaths(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var global = "/_matrix/client/r0/user/{u}/account_data/{t}";
        var ofRoom = "/_matrix/client/r0/user/{u}/rooms/{r}/account_data/{t}";
        assertThat(alice.put(global, alice.id(), "org.x", "{}")).isOk();
        assertThat(alice.get(global, alice.id(), "org.x")).isOk();
        assertThat(alice.put(ofRoom, alice.id(), room.id(), "org.x", "{}")).isOk();
        assertThat(alice.get(ofRoom, alice.id(), room.id(), "org.x")).isOk();
        // A user ID that is none is refused before anything else is looked at.
        assertThat(alice.get(global, "nonsense", "org.x"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
    }
}
