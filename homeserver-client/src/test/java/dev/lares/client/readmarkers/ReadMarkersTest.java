package dev.lares.client.readmarkers;

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
class ReadMarkersTest {
    private static final String PATH = "/_matrix/client/v3/rooms/{roomId}/read_markers";

    private static TestResponse marker(TestUser user, TestRoom room) {
        return user.get(
                "/_matrix/client/v3/user/{u}/rooms/{r}/account_data/m.fully_read",
                user.id(),
                room.id());
    }

    private static String ephemeral(TestUser user, TestRoom room) {
        var joined = user.sync().json().path("rooms").path("join").path(room.id());
        return joined.path("ephemeral").toString();
    }

    @Test
    void areRefusedWithoutAToken(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var event = alice.say(room, "read me");
        assertThat(server.post(PATH, room.id(), "{\"m.fully_read\":\"" + event + "\"}"))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
        assertThat(marker(alice, room)).hasStatus(404);
    }

    @Test
    void areSetTogether(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var first = alice.say(room, "one");
        var second = alice.say(room, "two");
        var third = alice.say(room, "three");
        var body =
                """
                {"m.fully_read":"%s","m.read":"%s","m.read.private":"%s"}
                """
                        .formatted(first, second, third);
        for (int i = 0; i < 2; i++) {
            assertThat(bob.post(PATH, room.id(), body)).isOk().hasJson("{}");
            assertThat(marker(bob, room)).isOk().hasJson("{\"event_id\":\"" + first + "\"}");
            assertThat(ephemeral(bob, room)).contains(second, third).doesNotContain(first);
            assertThat(ephemeral(alice, room)).contains(second).doesNotContain(third);
        }
        assertThat(marker(alice, room)).hasStatus(404);
    }

    @Test
    void letOnlyTheFullyReadMarkerGoBack(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var first = alice.say(room, "one");
        var second = alice.say(room, "two");
        for (var event : new String[] {second, first}) {
            assertThat(
                            alice.post(
                                    PATH,
                                    room.id(),
                                    """
                                    {"m.fully_read":"%s","m.read":"%s"}
                                    """
                                            .formatted(event, event)))
                    .isOk();
        }
        assertThat(marker(alice, room)).hasJson("{\"event_id\":\"" + first + "\"}");
        assertThat(ephemeral(alice, room)).contains(second).doesNotContain(first);
    }

    @Test
    void areSetAllOrNone(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var event = alice.say(room, "read me");
        var elsewhere = alice.say(alice.createRoom(), "elsewhere");
        assertThat(
                        alice.post(
                                PATH,
                                room.id(),
                                """
                                {"m.fully_read":"%s","m.read":"%s"}
                                """
                                        .formatted(elsewhere, event)))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        assertThat(ephemeral(alice, room)).doesNotContain(event);
        assertThat(marker(alice, room)).hasStatus(404);
    }

    @Test
    void areForbiddenToWhoIsNotInTheRoom(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        var event = alice.say(room, "read me");
        assertThat(bob.post(PATH, room.id(), "{\"m.read\":\"" + event + "\"}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(bob.post(PATH, room.id(), "{}")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(ephemeral(alice, room)).doesNotContain(event);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"m.read\":7}              | M_BAD_JSON",
                "{\"m.read\":\"nonsense\"}   | M_INVALID_PARAM",
                "{\"m.fully_read\":[]}       | M_BAD_JSON",
                "[]                          | M_BAD_JSON",
                "nonsense                    | M_NOT_JSON",
            })
    void refuseWhatIsMalformed(String body, String code, TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(alice.post(PATH, room.id(), body)).hasStatus(400).hasErrcode(code);
        assertThat(marker(alice, room)).hasStatus(404);
    }

    @Test
    void mayBeNone(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(alice.post("/_matrix/client/r0/rooms/{r}/read_markers", room.id(), "{}")).isOk();
        assertThat(marker(alice, room)).hasStatus(404);
    }
}
