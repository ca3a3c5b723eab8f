package dev.lares.client.rooms;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a user sees of messages that were sent before they knew of the room, while they were
/// invited, while they were in it, and after they left.
@HomeserverTest
class HistoryVisibilityTest {
    private static TestRoom room(TestUser creator, String visibility) {
        return creator.createRoom(
                """
                {"preset": "public_chat", "initial_state": [
                  {"type": "m.room.history_visibility",
                   "content": {"history_visibility": "%s"}}]}
                """
                        .formatted(visibility));
    }

    private static List<String> bodies(TestUser user, TestRoom room) {
        var page = user.get("/_matrix/client/v3/rooms/{r}/messages?dir=f&limit=100", room.id());
        assertThat(page).isOk().lacksMember("/end");
        var bodies = new ArrayList<String>();
        for (var event : page.json("/chunk")) {
            if (event.path("type").stringValue().equals("m.room.message")) {
                bodies.add(event.path("content").path("body").stringValue());
            }
        }
        return bodies;
    }

    private static void invite(TestUser by, TestRoom room, TestUser user) {
        assertThat(
                        by.post(
                                "/_matrix/client/v3/rooms/{r}/invite",
                                room.id(),
                                Map.of("user_id", user.id())))
                .isOk();
    }

    @ParameterizedTest
    @CsvSource({
        "world_readable, before invited joined after",
        "shared, before invited joined",
        "nonsense, before invited joined",
        "invited, invited joined",
        "joined, joined"
    })
    void isWhatTheSettingSays(String visibility, String visible, TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = room(alice, visibility);
        var before = alice.say(room, "before");
        invite(alice, room, bob);
        var invited = alice.say(room, "invited");
        room.joinedBy(bob);
        var joined = alice.say(room, "joined");
        var expectedInside = new ArrayList<>(List.of(visible.split(" ")));
        expectedInside.remove("after");
        assertThat(bodies(bob, room)).isEqualTo(expectedInside);
        assertThat(bob.leave(room)).isOk();
        var after = alice.say(room, "after");
        var sent = Map.of("before", before, "invited", invited, "joined", joined, "after", after);
        for (var message : sent.entrySet()) {
            var response =
                    bob.get(
                            "/_matrix/client/v3/rooms/{r}/event/{e}",
                            room.id(),
                            message.getValue());
            boolean expected = List.of(visible.split(" ")).contains(message.getKey());
            assertThat(response).as(message.getKey()).hasStatus(expected ? 200 : 404);
        }
        // Pages end where the user left.
        assertThat(bodies(bob, room)).isEqualTo(expectedInside);
        assertThat(bodies(alice, room)).containsExactly("before", "invited", "joined", "after");
    }

    @Test
    void isWhatItWasWhenTheEventWasSent(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = room(alice, "shared");
        alice.say(room, "open");
        alice.sendState(
                room, "m.room.history_visibility", "", Map.of("history_visibility", "joined"));
        alice.say(room, "closed");
        alice.sendState(
                room, "m.room.history_visibility", "", Map.of("history_visibility", "shared"));
        alice.say(room, "open again");
        room.joinedBy(bob);
        assertThat(bodies(bob, room)).containsExactly("open", "open again");
    }

    @Test
    void letsSeeTheChangeItself(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = room(alice, "joined");
        var opened =
                alice.sendState(
                        room,
                        "m.room.history_visibility",
                        "",
                        Map.of("history_visibility", "world_readable"));
        var closed =
                alice.sendState(
                        room,
                        "m.room.history_visibility",
                        "",
                        Map.of("history_visibility", "joined"));
        room.joinedBy(bob);
        for (var change : List.of(opened, closed)) {
            assertThat(bob.get("/_matrix/client/v3/rooms/{r}/event/{e}", room.id(), change)).isOk();
        }
    }

    @Test
    void letsUsersSeeTheirOwnMemberships(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = room(alice, "joined");
        alice.say(room, "before");
        room.joinedBy(bob);
        assertThat(bob.leave(room)).isOk();
        var page = bob.get("/_matrix/client/v3/rooms/{r}/messages?dir=b", room.id());
        assertThat(page)
                .isOk()
                .hasJson("/chunk/0/content/membership", "\"leave\"")
                .hasJson("/chunk/0/unsigned/membership", "\"leave\"")
                .hasJson("/chunk/0/unsigned/prev_content/membership", "\"join\"")
                .hasJson("/chunk/1/content/membership", "\"join\"")
                .hasJson("/chunk/1/unsigned/membership", "\"join\"");
        assertThat(bodies(bob, room)).isEmpty();
    }

    @Test
    void hidesThePreviousContentThatTheUserMayNotSee(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = room(alice, "joined");
        var first = alice.sendState(room, "m.room.topic", "", Map.of("topic", "hidden"));
        room.joinedBy(bob);
        var second = alice.sendState(room, "m.room.topic", "", Map.of("topic", "shown"));
        assertThat(bob.get("/_matrix/client/v3/rooms/{r}/event/{e}", room.id(), second))
                .hasJson("/unsigned/replaces_state", "\"" + first + "\"")
                .lacksMember("/unsigned/prev_content");
        assertThat(alice.get("/_matrix/client/v3/rooms/{r}/event/{e}", room.id(), second))
                .hasJson("/unsigned/prev_content", "{\"topic\":\"hidden\"}");
    }
}
