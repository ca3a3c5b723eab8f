package dev.lares.client.eventbytimestamp;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@HomeserverTest
class EventByTimestampTest {
    private static final String PATH =
            "/_matrix/client/v1/rooms/{roomId}/timestamp_to_event?ts={ts}&dir={dir}";

    private static long time(TestUser user, TestRoom room, String event) {
        return user.get("/_matrix/client/v3/rooms/{r}/event/{e}", room.id(), event)
                .json("/origin_server_ts")
                .longValue();
    }

    /// Sends messages until one has a later time than the one before.
    private static String later(TestUser user, TestRoom room, long than) {
        for (int i = 0; i < 10_000; i++) {
            var event = user.say(room, "tick");
            if (time(user, room, event) > than) {
                return event;
            }
        }
        throw new AssertionError("the clock stands still");
    }

    @Test
    void findsTheNearestInItsDirection(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var first = later(alice, room, 0);
        first = later(alice, room, time(alice, room, first));
        long firstTime = time(alice, room, first);
        var second = later(alice, room, firstTime);
        long secondTime = time(alice, room, second);
        var answer = "{\"event_id\":\"%s\",\"origin_server_ts\":%d}";
        assertThat(alice.get(PATH, room.id(), firstTime, "f"))
                .isOk()
                .hasJson(answer.formatted(first, firstTime));
        assertThat(alice.get(PATH, room.id(), secondTime, "b"))
                .isOk()
                .hasJson(answer.formatted(second, secondTime));
        assertThat(alice.get(PATH, room.id(), firstTime + 1, "f")).isOk().hasMember("/event_id");
        assertThat(alice.get(PATH, room.id(), 0, "f"))
                .isOk()
                .hasJson(
                        "/event_id",
                        "\""
                                + alice.get(
                                                "/_matrix/client/v3/rooms/{r}/messages?dir=f&limit=1",
                                                room.id())
                                        .string("/chunk/0/event_id")
                                + "\"");
        assertThat(
                        alice.get(
                                "/_matrix/client/unstable/org.matrix.msc3030/rooms/{r}"
                                        + "/timestamp_to_event?ts={ts}&dir=b",
                                room.id(),
                                secondTime + 1_000_000))
                .isOk()
                .hasJson(answer.formatted(second, secondTime));
        assertThat(alice.get(PATH, room.id(), secondTime + 1, "f"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        assertThat(alice.get(PATH, room.id(), 1, "b")).hasStatus(404).hasErrcode("M_NOT_FOUND");
    }

    @Test
    void refusesWhatIsMalformed(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(server.get(PATH, room.id(), 0, "f"))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
        for (var query : List.of(Map.of("ts", "x", "dir", "f"), Map.of("ts", "1", "dir", "up"))) {
            assertThat(alice.get(PATH, room.id(), query.get("ts"), query.get("dir")))
                    .hasStatus(400)
                    .hasErrcode("M_INVALID_PARAM");
        }
        assertThat(alice.get("/_matrix/client/v1/rooms/{r}/timestamp_to_event?ts=1", room.id()))
                .hasStatus(400)
                .hasErrcode("M_MISSING_PARAM");
        assertThat(alice.get(PATH, "!nowhere:localhost", 0, "f"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
    }
}
