package dev.lares.client.typing;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@HomeserverTest
class TypingTest {
    private static final String PATH = "/_matrix/client/v3/rooms/{roomId}/typing/{userId}";

    private static TestResponse type(TestUser user, TestRoom room, String body) {
        return user.put(PATH, room.id(), user.id(), body);
    }

    /// Who types, as a new client of the user gets to know.
    private static List<String> typing(TestUser user, TestRoom room) {
        var joined = user.sync().json().path("rooms").path("join").path(room.id());
        var typing = new ArrayList<String>();
        for (var event : joined.path("ephemeral").path("events")) {
            if (event.path("type").stringValue().equals("m.typing")) {
                event.path("content").path("user_ids").forEach(id -> typing.add(id.stringValue()));
            }
        }
        return typing;
    }

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(server.put(PATH, room.id(), alice.id(), "{\"typing\":true}"))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
        assertThat(typing(alice, room)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"typing\":true}",
                "{\"typing\":true,\"timeout\":30000}",
                "{\"typing\":true,\"timeout\":9007199254740991}"
            })
    void isToldUntilItStops(String body, TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        assertThat(type(bob, room, body)).isOk().hasJson("{}");
        assertThat(type(bob, room, body)).isOk();
        assertThat(typing(alice, room)).containsExactly(bob.id());
        assertThat(type(bob, room, "{\"typing\":false}")).isOk();
        assertThat(type(bob, room, "{\"typing\":false}")).isOk();
        assertThat(typing(alice, room)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1"})
    void endsAtOnceWithoutTime(String timeout, TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(type(alice, room, "{\"typing\":true,\"timeout\":" + timeout + "}")).isOk();
        assertThat(typing(alice, room)).isEmpty();
    }

    @Test
    void isForbiddenForOthers(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        assertThat(bob.put(PATH, room.id(), alice.id(), "{\"typing\":true}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(typing(alice, room)).isEmpty();
    }

    @Test
    void isForbiddenToWhoIsNotInTheRoom(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var left = server.register("left");
        var room = alice.createRoom().joinedBy(left);
        assertThat(left.leave(room)).isOk();
        for (var user : new TestUser[] {bob, left}) {
            assertThat(type(user, room, "{\"typing\":true}"))
                    .hasStatus(403)
                    .hasErrcode("M_FORBIDDEN");
        }
        assertThat(alice.put(PATH, "!nowhere:localhost", alice.id(), "{\"typing\":true}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(typing(alice, room)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                | M_BAD_JSON",
                "{\"typing\":\"yes\"}              | M_BAD_JSON",
                "{\"typing\":true,\"timeout\":\"x\"} | M_BAD_JSON",
                "{\"typing\":true,\"timeout\":1.5} | M_BAD_JSON",
                "[]                                | M_BAD_JSON",
                "nonsense                          | M_NOT_JSON",
            })
    void refusesWhatIsMalformed(String body, String code, TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(type(alice, room, body)).hasStatus(400).hasErrcode(code);
        assertThat(typing(alice, room)).isEmpty();
    }

    @Test
    void answersTheOldPath(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(
                        alice.put(
                                "/_matrix/client/r0/rooms/{r}/typing/{u}",
                                room.id(),
                                alice.id(),
                                "{\"typing\":true}"))
                .isOk();
        assertThat(typing(alice, room)).containsExactly(alice.id());
    }
}
