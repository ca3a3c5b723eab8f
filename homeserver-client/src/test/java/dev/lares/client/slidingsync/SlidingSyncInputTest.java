package dev.lares.client.slidingsync;

import static dev.lares.client.slidingsync.Sliding.ALL_ROOMS;
import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@HomeserverTest
class SlidingSyncInputTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"lists\":[]} | M_BAD_JSON",
                "{\"lists\":{\"l\":1}} | M_BAD_JSON",
                "{\"lists\":{\"l\":{}}} | M_BAD_JSON",
                "{\"lists\":{\"l\":{\"timeline_limit\":\"1\"}}} | M_BAD_JSON",
                "{\"lists\":{\"l\":{\"timeline_limit\":-1}}} | M_INVALID_PARAM",
                "{\"lists\":{\"\":{\"timeline_limit\":1}}} | M_INVALID_PARAM",
                "{\"lists\":{\"l\":{\"timeline_limit\":1,\"ranges\":[[0]]}}} | M_BAD_JSON",
                "{\"lists\":{\"l\":{\"timeline_limit\":1,\"ranges\":[[5,1]]}}} | M_INVALID_PARAM",
                "{\"lists\":{\"l\":{\"timeline_limit\":1,\"ranges\":[[-1,1]]}}} | M_INVALID_PARAM",
                "{\"lists\":{\"l\":{\"timeline_limit\":1,\"required_state\":[[\"a\"]]}}} | M_BAD_JSON",
                "{\"lists\":{\"l\":{\"timeline_limit\":1,\"required_state\":{}}}} | M_BAD_JSON",
                "{\"lists\":{\"l\":{\"timeline_limit\":1,\"filters\":{\"is_dm\":1}}}} | M_BAD_JSON",
                "{\"lists\":{\"l\":{\"timeline_limit\":1,\"filters\":{\"room_types\":[1]}}}} | M_BAD_JSON",
                "{\"room_subscriptions\":{\"nonsense\":{\"timeline_limit\":1}}} | M_INVALID_PARAM",
                "{\"extensions\":{\"typing\":true}} | M_BAD_JSON",
                "{\"extensions\":{\"typing\":{\"enabled\":\"yes\"}}} | M_BAD_JSON",
                "{\"conn_id\":1} | M_BAD_JSON",
                "{\"timeout\":-1} | M_INVALID_PARAM",
                "{\"set_presence\":\"asleep\"} | M_INVALID_PARAM",
                "[] | M_BAD_JSON",
                "{ | M_NOT_JSON",
            })
    void isRefused(String body, String errcode, TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.post(Sliding.UNSTABLE, body)).hasStatus(400).hasErrcode(errcode);
    }

    @Test
    void isBounded(TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.post(Sliding.UNSTABLE, lists(100))).isOk();
        assertThat(alice.post(Sliding.UNSTABLE, lists(101)))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(alice.post(Sliding.STABLE, subscriptions(100))).isOk();
        assertThat(alice.post(Sliding.STABLE, subscriptions(101)))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        var longName = "{\"conn_id\":\"" + "c".repeat(256) + "\"}";
        assertThat(alice.post(Sliding.UNSTABLE, longName))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
    }

    private static String lists(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"l" + i + "\":{\"timeline_limit\":1,\"ranges\":[[0,1]]}")
                .collect(Collectors.joining(",", "{\"lists\":{", "}}"));
    }

    private static String subscriptions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"!r" + i + ":a\":{\"timeline_limit\":1,\"required_state\":{}}")
                .collect(Collectors.joining(",", "{\"room_subscriptions\":{", "}}"));
    }

    @Test
    void takesNoPosOfAnother(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var client = new Sliding(alice);
        client.ask(ALL_ROOMS);
        assertThat(client.copy(bob).response(ALL_ROOMS, 0))
                .hasStatus(400)
                .hasErrcode("M_UNKNOWN_POS");
        assertThat(client.copy(alice.login()).response(ALL_ROOMS, 0))
                .hasStatus(400)
                .hasErrcode("M_UNKNOWN_POS");
        var path = Sliding.UNSTABLE + "?pos={pos}";
        assertThat(alice.post(path, client.pos(), "{\"conn_id\":\"other\"}"))
                .hasStatus(400)
                .hasErrcode("M_UNKNOWN_POS");
        for (var nonsense : new String[] {"nonsense", "c", "cAAAA", client.pos() + "A"}) {
            assertThat(alice.post(path, nonsense, "{}")).hasStatus(400).hasErrcode("M_UNKNOWN_POS");
        }
        // And the connection goes on.
        assertThat(client.response(ALL_ROOMS, 0)).isOk();
    }

    @Test
    void endsAConnectionWhenItsNameIsUsedAnew(TestHomeserver server) {
        var alice = server.register("alice");
        alice.createRoom();
        var client = new Sliding(alice);
        client.ask(ALL_ROOMS);
        new Sliding(alice).ask(ALL_ROOMS);
        assertThat(client.response(ALL_ROOMS, 0)).hasStatus(400).hasErrcode("M_UNKNOWN_POS");
    }

    @Test
    void givesAPosThatPages(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        alice.say(room, "one");
        var client = new Sliding(alice);
        client.ask(ALL_ROOMS);
        alice.say(room, "two");
        var page =
                alice.get(
                        "/_matrix/client/v3/rooms/{roomId}/messages?dir=b&limit=1&from={from}",
                        room.id(),
                        client.pos());
        assertThat(page.string("/chunk/0/content/body")).isEqualTo("one");
    }
}
