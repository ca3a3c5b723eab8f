package dev.lares.client.receipts;

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
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

@HomeserverTest
class ReceiptTest {
    private static final String PATH =
            "/_matrix/client/v3/rooms/{roomId}/receipt/{receiptType}/{eventId}";

    private static TestResponse read(TestUser user, TestRoom room, String event, String body) {
        return user.post(PATH, room.id(), "m.read", event, body);
    }

    private static TestResponse read(TestUser user, TestRoom room, String event) {
        return read(user, room, event, "{}");
    }

    private static String in(String threadId) {
        return "{\"thread_id\":\"" + threadId + "\"}";
    }

    /// What a new client of the user gets to know: event → type → user → receipt.
    private static JsonNode receipts(TestUser user, TestRoom room) {
        var sync = user.sync().json();
        for (var event :
                sync.path("rooms").path("join").path(room.id()).path("ephemeral").path("events")) {
            if (event.path("type").stringValue().equals("m.receipt")) {
                return event.path("content");
            }
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private static String reply(TestUser user, TestRoom room, String relType, String target) {
        return user.send(
                room,
                "m.room.message",
                """
                {"msgtype":"m.text","body":"x",
                 "m.relates_to":{"rel_type":"%s","event_id":"%s","key":"k"}}
                """
                        .formatted(relType, target));
    }

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var event = alice.say(room, "read me");
        assertThat(server.post(PATH, room.id(), "m.read", event, "{}"))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
        assertThat(receipts(alice, room)).isEmpty();
    }

    @Test
    void isToldToTheRoom(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var event = alice.say(room, "read me");
        assertThat(read(bob, room, event)).isOk().hasJson("{}");
        var receipt = receipts(alice, room).path(event).path("m.read").path(bob.id());
        assertThat(receipt.path("ts").isIntegralNumber()).isTrue();
        assertThat(receipt.has("thread_id")).isFalse();
    }

    @Test
    void isOnlyForItsUserWherePrivate(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var event = alice.say(room, "read me");
        assertThat(bob.post(PATH, room.id(), "m.read.private", event, "{}")).isOk();
        assertThat(receipts(alice, room)).isEmpty();
        assertThat(receipts(bob, room).path(event).path("m.read.private").has(bob.id())).isTrue();
    }

    @Test
    void goesWithItsThread(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var root = alice.say(room, "root");
        var inThread = reply(alice, room, "m.thread", root);
        assertThat(read(bob, room, root, in("main"))).isOk();
        assertThat(read(bob, room, inThread, in(root))).isOk();
        var told = receipts(alice, room);
        assertThat(told.path(root).path("m.read").path(bob.id()).path("thread_id").asString(""))
                .isEqualTo("main");
        assertThat(told.path(inThread).path("m.read").path(bob.id()).path("thread_id").asString(""))
                .isEqualTo(root);
        // The root is in its own thread too, and what relates to a reply is where that is.
        assertThat(read(alice, room, root, in(root))).isOk();
        assertThat(read(alice, room, reply(bob, room, "m.replace", inThread), in(root))).isOk();
    }

    @Test
    void isRefusedForAnEventOfAnotherThread(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var root = alice.say(room, "root");
        var other = alice.say(room, "other root");
        var inThread = reply(alice, room, "m.thread", root);
        var edited = reply(alice, room, "m.replace", inThread);
        for (var body : new String[] {in("main"), in(other)}) {
            assertThat(read(alice, room, inThread, body))
                    .hasStatus(400)
                    .hasErrcode("M_INVALID_PARAM");
            assertThat(read(alice, room, edited, body))
                    .hasStatus(400)
                    .hasErrcode("M_INVALID_PARAM");
        }
        assertThat(receipts(alice, room)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "7", "null", "\"nonsense\"", "\"$\"", "{}", "\"$unknown\""})
    void refusesABadThread(String threadId, TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var event = alice.say(room, "read me");
        assertThat(read(alice, room, event, "{\"thread_id\":" + threadId + "}"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(read(alice, room, event, in("$" + "x".repeat(10_000))))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(receipts(alice, room)).isEmpty();
    }

    @Test
    void neverGoesBack(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var first = alice.say(room, "one");
        var second = alice.say(room, "two");
        assertThat(read(bob, room, second)).isOk();
        var told = receipts(alice, room);
        assertThat(read(bob, room, first)).isOk();
        assertThat(read(bob, room, second)).isOk();
        assertThat(receipts(alice, room)).isEqualTo(told);
        assertThat(told.has(first)).isFalse();
    }

    @Test
    void isRefusedForAnEventThatTheRoomDoesNotHave(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var elsewhere = alice.say(alice.createRoom(), "elsewhere");
        for (var event : new String[] {elsewhere, "$unknown", "$" + "A".repeat(43)}) {
            assertThat(read(alice, room, event)).hasStatus(404).hasErrcode("M_NOT_FOUND");
        }
        assertThat(read(alice, room, "nonsense")).hasStatus(400).hasErrcode("M_INVALID_PARAM");
        assertThat(receipts(alice, room)).isEmpty();
    }

    @Test
    void isForbiddenToWhoIsNotInTheRoom(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var left = server.register("left");
        var room = alice.createRoom().joinedBy(left);
        var event = alice.say(room, "read me");
        assertThat(left.leave(room)).isOk();
        assertThat(read(bob, room, event)).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(read(left, room, event)).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(alice.post(PATH, "!nowhere:localhost", "m.read", event, "{}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(receipts(alice, room)).isEmpty();
    }

    @Test
    void movesTheFullyReadMarker(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var event = alice.say(room, "read me");
        assertThat(alice.post(PATH, room.id(), "m.fully_read", event, in("main")))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        var marker = "/_matrix/client/v3/user/{u}/rooms/{r}/account_data/m.fully_read";
        assertThat(alice.get(marker, alice.id(), room.id())).hasStatus(404);
        assertThat(alice.post(PATH, room.id(), "m.fully_read", event, "{}")).isOk();
        assertThat(alice.get(marker, alice.id(), room.id()))
                .isOk()
                .hasJson("{\"event_id\":\"" + event + "\"}");
        assertThat(receipts(alice, room)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "m.read         | []  | M_BAD_JSON",
                "m.read         | {   | M_NOT_JSON",
                "m.read.private | ''  | M_NOT_JSON",
                "m.nonsense     | {}  | M_INVALID_PARAM",
            })
    void refusesWhatIsMalformed(String type, String body, String code, TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var event = alice.say(room, "read me");
        assertThat(alice.post(PATH, room.id(), type, event, body)).hasStatus(400).hasErrcode(code);
        assertThat(receipts(alice, room)).isEmpty();
    }

    @Test
    void answersTheOldPath(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var event = alice.say(room, "read me");
        assertThat(
                        alice.post(
                                "/_matrix/client/r0/rooms/{r}/receipt/m.read/{e}",
                                room.id(),
                                event,
                                "{}"))
                .isOk();
        assertThat(receipts(alice, room).has(event)).isTrue();
    }
}
