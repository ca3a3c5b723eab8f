package dev.lares.client.roomsend;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@HomeserverTest
class SendTest {
    private static final String PATH = "/_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}";

    private static TestResponse send(TestUser user, TestRoom room, String txnId, String json) {
        return user.put(PATH, room.id(), "m.room.message", txnId, json);
    }

    private static TestResponse event(TestUser user, TestRoom room, String eventId) {
        return user.get("/_matrix/client/v3/rooms/{r}/event/{e}", room.id(), eventId);
    }

    private static int messages(TestUser user, TestRoom room) {
        return user.get(
                        "/_matrix/client/v3/rooms/{r}/messages?dir=b&limit=100&filter={f}",
                        room.id(),
                        "{\"types\":[\"m.room.message\"]}")
                .json("/chunk")
                .size();
    }

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        var room = server.register("alice").createRoom();
        assertThat(server.put(PATH, room.id(), "m.room.message", "1", "{}"))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
    }

    @Test
    void bringsTheContentToTheRoom(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var sent =
                send(alice, room, "1", "{\"body\":\"hi \\u0000 \uD83D\uDE00\",\"n\":1,\"l\":[]}");
        assertThat(sent).isOk();
        assertThat(event(bob, room, sent.string("/event_id")))
                .isOk()
                .hasJson("/type", "\"m.room.message\"")
                .hasJson("/sender", "\"" + alice.id() + "\"")
                .hasJson("/room_id", "\"" + room.id() + "\"")
                .hasJson("/content", "{\"body\":\"hi \\u0000 \uD83D\uDE00\",\"n\":1,\"l\":[]}")
                .hasJson("/unsigned/membership", "\"join\"")
                .hasMember("/unsigned/age")
                .lacksMember("/unsigned/transaction_id")
                .lacksMember("/state_key");
    }

    @Test
    void givesARepeatedRequestTheFirstAnswer(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var first = send(alice, room, "same", "{\"body\":\"one\"}").string("/event_id");
        var second = send(alice, room, "same", "{\"body\":\"two\"}").string("/event_id");
        assertThat(second).isEqualTo(first);
        assertThat(messages(alice, room)).isEqualTo(1);
        assertThat(event(alice, room, first))
                .hasJson("/content/body", "\"one\"")
                .hasJson("/unsigned/transaction_id", "\"same\"");
    }

    @Test
    void takesTheSameIdFromElsewhereForAnotherRequest(TestHomeserver server) {
        var alice = server.register("alice");
        var other = alice.login();
        var room = alice.createRoom();
        var secondRoom = alice.createRoom();
        var first = send(alice, room, "id", "{\"body\":\"one\"}").string("/event_id");
        var elsewhere = send(alice, secondRoom, "id", "{\"body\":\"two\"}").string("/event_id");
        var device = send(other, room, "id", "{\"body\":\"three\"}").string("/event_id");
        var type = alice.put(PATH, room.id(), "org.example", "id", "{}").string("/event_id");
        assertThat(first).isNotEqualTo(elsewhere).isNotEqualTo(device).isNotEqualTo(type);
        assertThat(messages(alice, room)).isEqualTo(2);
        // The transaction is shown to the device that made it.
        assertThat(event(other, room, first)).lacksMember("/unsigned/transaction_id");
    }

    @Test
    void isForbiddenToOutsiders(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        assertThat(send(bob, room, "1", "{}")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(bob.put(PATH, "!nowhere:localhost", "m.room.message", "1", "{}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(messages(alice, room)).isZero();
    }

    @Test
    void isForbiddenWithoutThePower(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room =
                alice.createRoom(
                                "{\"preset\":\"public_chat\",\"power_level_content_override\":"
                                        + "{\"events_default\":10}}")
                        .joinedBy(bob);
        assertThat(send(bob, room, "1", "{}")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(messages(alice, room)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"n\":1.5}", "{\"n\":9007199254740992}", "7"})
    void refusesWhatAnEventCannotHold(String json, TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(send(alice, room, "1", json)).hasStatus(400).hasErrcode("M_BAD_JSON");
        assertThat(messages(alice, room)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"a\":", "nonsense"})
    void refusesWhatIsNoJson(String json, TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(send(alice, room, "1", json)).hasStatus(400).hasErrcode("M_NOT_JSON");
        assertThat(messages(alice, room)).isZero();
    }

    @Test
    void refusesWhatIsTooLarge(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var large = "{\"body\":\"" + "x".repeat(66_000) + "\"}";
        assertThat(send(alice, room, "1", large)).hasStatus(413).hasErrcode("M_TOO_LARGE");
        assertThat(alice.put(PATH, room.id(), "t".repeat(256), "2", "{}"))
                .hasStatus(413)
                .hasErrcode("M_TOO_LARGE");
        assertThat(alice.put(PATH, room.id(), "t", "x".repeat(256), "{}"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(messages(alice, room)).isZero();
        assertThat(send(alice, room, "1", "{\"body\":\"" + "x".repeat(64_000) + "\"}")).isOk();
    }

    @Test
    void takesNoStateForAMessage(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(alice.put(PATH, room.id(), "m.room.member", "1", "{\"membership\":\"leave\"}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(room.membershipOf(alice)).isEqualTo("join");
    }

    @Test
    void refusesTheSameReactionTwice(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var target = alice.say(room, "funny");
        var reaction =
                "{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"event_id\":\"%s\",\"key\":\"%s\"}}";
        var first = alice.put(PATH, room.id(), "m.reaction", "1", reaction.formatted(target, "👍"));
        assertThat(first).isOk();
        // A retransmission is none.
        assertThat(alice.put(PATH, room.id(), "m.reaction", "1", reaction.formatted(target, "👍")))
                .isOk()
                .hasJson("/event_id", "\"" + first.string("/event_id") + "\"");
        assertThat(alice.put(PATH, room.id(), "m.reaction", "2", reaction.formatted(target, "👍")))
                .hasStatus(400)
                .hasErrcode("M_DUPLICATE_ANNOTATION");
        assertThat(alice.put(PATH, room.id(), "m.reaction", "3", reaction.formatted(target, "👎")))
                .isOk();
        assertThat(bob.put(PATH, room.id(), "m.reaction", "1", reaction.formatted(target, "👍")))
                .isOk();
        // Once it is taken back it may be given again.
        assertThat(
                        alice.put(
                                "/_matrix/client/v3/rooms/{r}/redact/{e}/4",
                                room.id(),
                                first.string("/event_id"),
                                "{}"))
                .isOk();
        assertThat(alice.put(PATH, room.id(), "m.reaction", "5", reaction.formatted(target, "👍")))
                .isOk();
    }

    @Test
    void answersTheOldPathAndOddIds(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(
                        alice.put(
                                "/_matrix/client/r0/rooms/{r}/send/{t}/{x}",
                                room.id(),
                                "org.example/odd;type%",
                                "a/b;c%d",
                                "{}"))
                .isOk();
    }
}
