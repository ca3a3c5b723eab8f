package dev.lares.client.eventcontext;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@HomeserverTest
class EventContextTest {
    private static final String PATH = "/_matrix/client/v3/rooms/{roomId}/context/{eventId}";
    private static final String MESSAGES = "/_matrix/client/v3/rooms/{roomId}/messages";

    private static List<String> bodies(JsonNode events) {
        var bodies = new ArrayList<String>();
        events.forEach(event -> bodies.add(event.path("content").path("body").asString("-")));
        return bodies;
    }

    @Test
    void isRefusedWithoutATokenAndToOutsiders(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        var said = alice.say(room, "x");
        assertThat(server.get(PATH, room.id(), said)).hasStatus(401);
        assertThat(bob.get(PATH, room.id(), said)).hasStatus(403).hasErrcode("M_FORBIDDEN");
    }

    @Test
    void showsWhatHappenedAround(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var ids = new ArrayList<String>();
        for (int i = 1; i <= 9; i++) {
            ids.add(alice.say(room, "m" + i));
        }
        var context = alice.get(PATH + "?limit=4", room.id(), ids.get(4));
        assertThat(context).isOk().hasJson("/event/content/body", "\"m5\"");
        assertThat(bodies(context.json("/events_before"))).containsExactly("m4", "m3");
        assertThat(bodies(context.json("/events_after"))).containsExactly("m6", "m7");
        assertThat(context.json("/state").size()).isEqualTo(6);
        var older =
                alice.get(
                        MESSAGES + "?dir=b&limit=2&from={f}", room.id(), context.string("/start"));
        assertThat(bodies(older.json("/chunk"))).containsExactly("m2", "m1");
        var newer =
                alice.get(MESSAGES + "?dir=f&limit=2&from={f}", room.id(), context.string("/end"));
        assertThat(bodies(newer.json("/chunk"))).containsExactly("m8", "m9");
    }

    @Test
    void showsTheEventAloneWhereNothingElseIsWanted(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        alice.say(room, "m1");
        var said = alice.say(room, "m2");
        alice.say(room, "m3");
        var context = alice.get(PATH + "?limit=0", room.id(), said);
        assertThat(context)
                .isOk()
                .hasJson("/events_before", "[]")
                .hasJson("/events_after", "[]")
                .hasJson("/event/event_id", "\"" + said + "\"");
        var older =
                alice.get(
                        MESSAGES + "?dir=b&limit=1&from={f}", room.id(), context.string("/start"));
        assertThat(bodies(older.json("/chunk"))).containsExactly("m1");
        var newer =
                alice.get(MESSAGES + "?dir=f&limit=1&from={f}", room.id(), context.string("/end"));
        assertThat(bodies(newer.json("/chunk"))).containsExactly("m3");
    }

    @Test
    void showsTheStateAtTheLastEvent(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var said = alice.say(room, "x");
        alice.sendState(room, "m.room.topic", "", Map.of("topic", "now"));
        alice.sendState(room, "m.room.topic", "", Map.of("topic", "later"));
        var context = alice.get(PATH + "?limit=1", room.id(), said);
        var topics = new ArrayList<String>();
        for (var state : context.json("/state")) {
            if (state.path("type").stringValue().equals("m.room.topic")) {
                topics.add(state.path("content").path("topic").stringValue());
            }
        }
        assertThat(topics).containsExactly("now");
    }

    @Test
    void keepsToTheFilterAndLazyMembers(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        var room = alice.createRoom().joinedBy(bob, carol);
        alice.say(room, "m1");
        var said = bob.say(room, "m2");
        alice.send(room, "org.example.other", Map.of());
        alice.say(room, "m3");
        var filter =
                "{\"types\":[\"m.room.message\",\"m.room.member\"],\"lazy_load_members\":true}";
        var context = alice.get(PATH + "?limit=2&filter={f}", room.id(), said, filter);
        assertThat(context).isOk();
        assertThat(bodies(context.json("/events_after"))).containsExactly("m3");
        var members = new ArrayList<String>();
        for (var state : context.json("/state")) {
            members.add(state.path("state_key").stringValue());
        }
        assertThat(members).containsExactlyInAnyOrder(alice.id(), bob.id());
    }

    @Test
    void doesNotFindWhatIsNotForTheUser(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room =
                alice.createRoom(
                        "{\"preset\":\"public_chat\",\"initial_state\":[{\"type\":"
                                + "\"m.room.history_visibility\",\"content\":"
                                + "{\"history_visibility\":\"joined\"}}]}");
        var hidden = alice.say(room, "hidden");
        room.joinedBy(bob);
        var shown = alice.say(room, "shown");
        assertThat(bob.get(PATH, room.id(), hidden)).hasStatus(404).hasErrcode("M_NOT_FOUND");
        assertThat(bob.get(PATH, room.id(), "$nothing")).hasStatus(404).hasErrcode("M_NOT_FOUND");
        var context = bob.get(PATH + "?limit=20", room.id(), shown);
        assertThat(bodies(context.json("/events_before"))).doesNotContain("hidden");
    }

    @Test
    void refusesWhatIsMalformed(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var said = alice.say(room, "x");
        assertThat(alice.get(PATH + "?limit=-1", room.id(), said))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(alice.get(PATH + "?filter={f}", room.id(), said, "[]"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(alice.get(PATH, room.id(), "said")).hasStatus(400).hasErrcode("M_INVALID_PARAM");
    }
}
