package dev.lares.client.tagging;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@HomeserverTest
class TaggingTest {
    private static final String TAGS = "/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags";
    private static final String TAG = TAGS + "/{tag}";

    private static TestResponse put(TestUser user, TestRoom room, String tag, String content) {
        return user.put(TAG, user.id(), room.id(), tag, content);
    }

    private static TestResponse tags(TestUser user, TestRoom room) {
        return user.get(TAGS, user.id(), room.id());
    }

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(put(alice, room, "u.a", "{}")).isOk();
        assertThat(server.get(TAGS, alice.id(), room.id()))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
        assertThat(server.put(TAG, alice.id(), room.id(), "u.b", "{}"))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
        assertThat(server.delete(TAG, alice.id(), room.id(), "u.a"))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
        assertThat(tags(alice, room)).hasJson("{\"tags\":{\"u.a\":{}}}");
    }

    @Test
    void setsAndRemovesTags(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(tags(alice, room)).isOk().hasJson("{\"tags\":{}}");
        assertThat(put(alice, room, "m.favourite", "{\"order\":0.25}")).isOk().hasJson("{}");
        assertThat(put(alice, room, "u.work/5", "{\"org.x\":[]}")).isOk();
        assertThat(tags(alice, room))
                .hasJson(
                        "{\"tags\":{\"m.favourite\":{\"order\":0.25},\"u.work/5\":{\"org.x\":[]}}}");
        var joined = alice.sync().json().path("rooms").path("join").path(room.id());
        assertThat(joined.path("account_data").toString()).contains("m.tag", "u.work/5");
        assertThat(put(alice, room, "m.favourite", "{\"order\":1}")).isOk();
        for (int i = 0; i < 2; i++) {
            assertThat(alice.delete(TAG, alice.id(), room.id(), "u.work/5")).isOk().hasJson("{}");
            assertThat(tags(alice, room)).hasJson("{\"tags\":{\"m.favourite\":{\"order\":1}}}");
        }
    }

    @Test
    void isForTheUserOnly(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        assertThat(put(alice, room, "u.a", "{}")).isOk();
        assertThat(bob.get(TAGS, alice.id(), room.id())).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(bob.put(TAG, alice.id(), room.id(), "u.b", "{}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(bob.delete(TAG, alice.id(), room.id(), "u.a"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(tags(alice, room)).hasJson("{\"tags\":{\"u.a\":{}}}");
        assertThat(tags(bob, room)).hasJson("{\"tags\":{}}");
    }

    @Test
    void isForbiddenForRoomsThatAreNotTheUsers(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        assertThat(put(bob, room, "u.a", "{}")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(tags(bob, room)).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(bob.delete(TAG, bob.id(), room.id(), "u.a"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"order\":1.5}     | M_BAD_JSON",
                "{\"order\":-0.1}    | M_BAD_JSON",
                "{\"order\":\"0.5\"} | M_BAD_JSON",
                "{\"order\":1e999}   | M_BAD_JSON",
                "[]                  | M_BAD_JSON",
                "nonsense            | M_NOT_JSON",
            })
    void refusesWhatIsMalformed(String content, String code, TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(put(alice, room, "u.a", "{\"order\":0}")).isOk();
        assertThat(put(alice, room, "u.a", content)).hasStatus(400).hasErrcode(code);
        assertThat(tags(alice, room)).hasJson("{\"tags\":{\"u.a\":{\"order\":0}}}");
    }

    @Test
    void takesNamesUpToTheirLimit(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(put(alice, room, "u." + "é".repeat(127), "{}"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(tags(alice, room)).hasJson("{\"tags\":{}}");
        assertThat(put(alice, room, "u." + "é".repeat(126) + "x", "{}")).isOk();
        // All tags of a room are one value, which is as large as account data may be.
        assertThat(put(alice, room, "u.big", "{\"x\":\"" + "y".repeat(65_500) + "\"}"))
                .hasStatus(413)
                .hasErrcode("M_TOO_LARGE");
        assertThat(tags(alice, room).json("/tags").size()).isEqualTo(1);
    }

    @Test
    void answersTheOldPaths(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var tag = "/_matrix/client/r0/user/{u}/rooms/{r}/tags/u.a";
        assertThat(alice.put(tag, alice.id(), room.id(), "{}")).isOk();
        assertThat(alice.get("/_matrix/client/r0/user/{u}/rooms/{r}/tags", alice.id(), room.id()))
                .hasJson("{\"tags\":{\"u.a\":{}}}");
        assertThat(alice.delete(tag, alice.id(), room.id())).isOk();
        assertThat(tags(alice, room)).hasJson("{\"tags\":{}}");
    }
}
