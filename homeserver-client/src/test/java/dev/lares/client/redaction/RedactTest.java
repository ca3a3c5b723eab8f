package dev.lares.client.redaction;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@HomeserverTest
class RedactTest {
    private static final String PATH = "/_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}";

    private static TestResponse event(TestUser user, TestRoom room, String eventId) {
        return user.get("/_matrix/client/v3/rooms/{r}/event/{e}", room.id(), eventId);
    }

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var said = alice.say(room, "oops");
        assertThat(server.put(PATH, room.id(), said, "1", "{}")).hasStatus(401);
        assertThat(event(alice, room, said)).hasJson("/content/body", "\"oops\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "6", "10", "11", "12"})
    void takesTheContentInEveryVersion(String version, TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room =
                alice.createRoom(
                                "{\"preset\":\"public_chat\",\"room_version\":\"%s\"}"
                                        .formatted(version))
                        .joinedBy(bob);
        var said = bob.say(room, "oops");
        var redaction =
                bob.put(PATH, room.id(), said, "1", "{\"reason\":\"\\\\u0000 \\\"typo\\n\"}");
        assertThat(redaction).isOk();
        var redactionId = redaction.string("/event_id");
        assertThat(event(alice, room, said))
                .isOk()
                .hasJson("/content", "{}")
                .hasJson("/unsigned/redacted_because/event_id", "\"" + redactionId + "\"")
                .hasJson("/unsigned/redacted_because/content/reason", "\"\\\\u0000 \\\"typo\\n\"");
        // Old clients look for the target at the top, new ones in the content.
        assertThat(event(alice, room, redactionId))
                .hasJson("/redacts", "\"" + said + "\"")
                .hasJson("/content/redacts", "\"" + said + "\"");
    }

    @Test
    void givesARepeatedRequestTheFirstAnswer(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var said = alice.say(room, "oops");
        var first = alice.put(PATH, room.id(), said, "1", "{}").string("/event_id");
        assertThat(alice.put(PATH, room.id(), said, "1", "{}"))
                .isOk()
                .hasJson("/event_id", "\"" + first + "\"");
        assertThat(event(alice, room, first)).hasJson("/unsigned/transaction_id", "\"1\"");
    }

    @Test
    void isForbiddenForWhatOthersSaidWithoutThePower(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var said = alice.say(room, "mine");
        assertThat(bob.put(PATH, room.id(), said, "1", "{}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(event(bob, room, said)).hasJson("/content/body", "\"mine\"");
        var theirs = bob.say(room, "theirs");
        assertThat(alice.put(PATH, room.id(), theirs, "1", "{}")).isOk();
        assertThat(event(bob, room, theirs)).hasJson("/content", "{}");
    }

    @Test
    void tellsOutsidersNothing(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        var said = alice.say(room, "mine");
        assertThat(bob.put(PATH, room.id(), said, "1", "{}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(bob.put(PATH, room.id(), "$nothing", "1", "{}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
    }

    @Test
    void doesNotReachIntoOtherRooms(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var other = alice.createRoom();
        var said = alice.say(other, "here");
        assertThat(alice.put(PATH, room.id(), said, "1", "{}"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        assertThat(alice.put(PATH, room.id(), "$nothing", "2", "{}"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        assertThat(event(alice, other, said)).hasJson("/content/body", "\"here\"");
    }

    @Test
    void leavesTheCreateEventAlone(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var create =
                alice.get(
                                "/_matrix/client/v3/rooms/{r}/state/m.room.create/?format=event",
                                room.id())
                        .string("/event_id");
        assertThat(alice.put(PATH, room.id(), create, "1", "{}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
    }

    @Test
    void showsInStateAndPreviousContent(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var first = alice.sendState(room, "m.room.topic", "", Map.of("topic", "one"));
        var second = alice.sendState(room, "m.room.topic", "", Map.of("topic", "two"));
        assertThat(event(alice, room, second))
                .hasJson("/unsigned/prev_content", "{\"topic\":\"one\"}")
                .hasJson("/unsigned/replaces_state", "\"" + first + "\"");
        assertThat(alice.put(PATH, room.id(), first, "1", "{}")).isOk();
        assertThat(event(alice, room, second)).hasJson("/unsigned/prev_content", "{}");
        assertThat(alice.put(PATH, room.id(), second, "2", "{}")).isOk();
        assertThat(room.state("m.room.topic", "")).isOk().hasJson("{}");
    }

    @Test
    void mayBeSentAsAnEvent(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom("{\"room_version\":\"10\"}");
        var said = alice.say(room, "oops");
        alice.send(room, "m.room.redaction", Map.of("redacts", said, "reason", "\0\\"));
        assertThat(event(alice, room, said))
                .hasJson("/content", "{}")
                .hasJson("/unsigned/redacted_because/content/reason", "\"\\u0000\\\\\"");
        var path = "/_matrix/client/v3/rooms/{r}/send/m.room.redaction/{t}";
        assertThat(alice.put(path, room.id(), "m1", "{}"))
                .hasStatus(400)
                .hasErrcode("M_MISSING_PARAM");
        assertThat(alice.put(path, room.id(), "m2", "{\"redacts\":1}"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(alice.put(path, room.id(), "m3", "{\"redacts\":\"x\"}"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
    }

    @Test
    void refusesWhatIsMalformed(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var said = alice.say(room, "fine");
        assertThat(alice.put(PATH, room.id(), said, "1", "{\"reason\":1}"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(alice.put(PATH, room.id(), "said", "1", "{}"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(event(alice, room, said)).hasJson("/content/body", "\"fine\"");
    }

    private static String relate(TestUser user, TestRoom room, String relType, String target) {
        return user.send(
                room,
                "m.room.message",
                """
                {"msgtype":"m.text","body":"x","m.new_content":{"body":"y"},
                 "m.relates_to":{"rel_type":"%s","event_id":"%s"}}
                """
                        .formatted(relType, target));
    }

    private static boolean isRedacted(TestUser user, TestRoom room, String eventId) {
        return event(user, room, eventId).json().path("unsigned").has("redacted_because");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with_rel_types", "org.matrix.msc3912.with_relations"})
    void takesWhatRelatesToTheEvent(String property, TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var said = bob.say(room, "one");
        var edit = relate(bob, room, "m.replace", said);
        var ofTheEdit = relate(bob, room, "m.replace", edit);
        var noEdit = relate(alice, room, "m.replace", said);
        var reply = relate(bob, room, "m.thread", said);
        assertThat(
                        bob.put(
                                PATH,
                                room.id(),
                                said,
                                "1",
                                "{\"reason\":\"why\",\"%s\":[\"m.replace\"]}".formatted(property)))
                .isOk();
        assertThat(event(bob, room, edit))
                .hasJson("/unsigned/redacted_because/content/reason", "\"why\"");
        assertThat(isRedacted(bob, room, said)).isTrue();
        for (var left : new String[] {ofTheEdit, noEdit, reply}) {
            assertThat(isRedacted(bob, room, left)).isFalse();
        }
    }

    @Test
    void takesOnlyWhatTheUserMayOfWhatRelates(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var said = bob.say(room, "one");
        var own = relate(bob, room, "m.reference", said);
        var foreign = relate(alice, room, "m.reference", said);
        assertThat(bob.put(PATH, room.id(), said, "1", "{\"with_rel_types\":[\"*\"]}")).isOk();
        assertThat(isRedacted(bob, room, own)).isTrue();
        assertThat(isRedacted(bob, room, foreign)).isFalse();
        var next = bob.say(room, "two");
        var bobs = relate(bob, room, "m.thread", next);
        assertThat(alice.put(PATH, room.id(), next, "1", "{\"with_rel_types\":[\"*\"]}")).isOk();
        assertThat(isRedacted(alice, room, bobs)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"m.replace\"", "[7]", "[null]", "{}"})
    void refusesRelationsThatAreNone(String relTypes, TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var said = alice.say(room, "one");
        assertThat(
                        alice.put(
                                PATH,
                                room.id(),
                                said,
                                "1",
                                "{\"with_rel_types\":%s}".formatted(relTypes)))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(isRedacted(alice, room, said)).isFalse();
    }
}
