package dev.lares.client.oldsync;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

@HomeserverTest
class OldSyncTest {
    private static final String EVENTS = "/_matrix/client/v3/events";
    private static final String ALL = "/_matrix/client/v3/initialSync";
    private static final String ROOM = "/_matrix/client/v3/rooms/{roomId}/initialSync";

    private static List<String> bodies(TestResponse response) {
        assertThat(response).isOk();
        var bodies = new ArrayList<String>();
        response.json("/chunk")
                .forEach(event -> bodies.add(event.at("/content/body").asString("-")));
        return bodies;
    }

    private static TestRoom readable(TestUser creator) {
        return creator.createRoom(
                """
                {"preset": "public_chat", "initial_state": [
                   {"type": "m.room.history_visibility", "content": {"history_visibility": "world_readable"}}]}
                """);
    }

    @Test
    void tellsWhatHappensInTheRoomsOfAUser(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var one = alice.createRoom().joinedBy(bob);
        var two = alice.createRoom();
        var other = bob.createRoom();
        var from = alice.get(ALL).string("/end");
        alice.say(one, "a");
        bob.say(other, "not hers");
        alice.say(two, "b");
        bob.say(one, "c");
        var news = alice.get(EVENTS + "?timeout=0&from={f}", from);
        assertThat(bodies(news)).containsExactly("a", "b", "c");
        assertThat(news).hasJson("/start", "\"" + from + "\"");
        assertThat(bodies(alice.get(EVENTS + "?timeout=0&from={f}", from)))
                .containsExactly("a", "b", "c");
        var after = alice.get(EVENTS + "?timeout=0&from={f}", news.string("/end"));
        assertThat(after).isOk().hasJson("/chunk", "[]");
        assertThat(alice.get(EVENTS + "?timeout=0")).isOk().hasJson("/chunk", "[]");
    }

    @Test
    void comesInPagesWithoutAGap(TestHomeserver server) {
        var alice = server.register("alice");
        var one = alice.createRoom();
        var two = alice.createRoom();
        var from = alice.get(ALL).string("/end");
        var said = new ArrayList<String>();
        for (int i = 0; i < 130; i++) {
            alice.say(i % 5 == 0 ? two : one, "m" + i);
            said.add("m" + i);
        }
        var told = new ArrayList<String>();
        for (int page = 0; page < 3; page++) {
            var news = alice.get(EVENTS + "?timeout=0&from={f}", from);
            told.addAll(bodies(news));
            from = news.string("/end");
        }
        assertThat(told).isEqualTo(said);
    }

    @Test
    void waitsForNews(TestHomeserver server) throws Exception {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var from = bob.get(ALL).string("/end");
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = executor.submit(() -> bob.get(EVENTS + "?timeout=60000&from={f}", from));
            alice.say(room, "wake up");
            assertThat(bodies(waiting.get())).containsExactly("wake up");
        }
    }

    @Test
    void showsWorldReadableRoomsToEverybody(TestHomeserver server) throws Exception {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = readable(alice);
        alice.say(room, "one");
        var seen = bob.get(ROOM + "?limit=1", room.id());
        assertThat(seen)
                .isOk()
                .hasJson("/room_id", "\"" + room.id() + "\"")
                .hasJson("/visibility", "\"private\"")
                .hasJson("/account_data", "[]")
                .hasJson("/messages/chunk/0/content/body", "\"one\"")
                .lacksMember("/membership");
        assertThat(seen.json("/state").size()).isGreaterThan(4);
        var from = seen.string("/messages/end");
        assertThat(
                        bob.get(
                                "/_matrix/client/v3/rooms/{r}/messages?dir=b&limit=1&from={f}",
                                room.id(),
                                seen.string("/messages/start")))
                .isOk()
                .hasMember("/chunk/0");
        alice.say(room, "two");
        assertThat(bodies(bob.get(EVENTS + "?timeout=0&room_id={r}&from={f}", room.id(), from)))
                .containsExactly("two");
        assertThat(bodies(bob.get(EVENTS + "?timeout=0&from={f}", from))).isEmpty();
        alice.sendState(
                room, "m.room.history_visibility", "", Map.of("history_visibility", "shared"));
        assertThat(bob.get(ROOM, room.id())).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(bob.get(EVENTS + "?timeout=0&room_id={r}", room.id()))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
    }

    @Test
    void tellsMembersAndThoseWhoLeft(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom("{\"preset\":\"public_chat\",\"visibility\":\"public\"}");
        room.joinedBy(bob);
        assertThat(
                        bob.put(
                                "/_matrix/client/v3/user/{u}/rooms/{r}/tags/m.favourite",
                                bob.id(),
                                room.id(),
                                "{}"))
                .isOk();
        alice.say(room, "before");
        assertThat(bob.get(ROOM, room.id()))
                .isOk()
                .hasJson("/membership", "\"join\"")
                .hasJson("/visibility", "\"public\"")
                .hasJson("/account_data/0/type", "\"m.tag\"");
        assertThat(bob.leave(room)).isOk();
        alice.say(room, "behind his back");
        alice.sendState(room, "m.room.name", "", Map.of("name", "New"));
        var left = bob.get(ROOM, room.id());
        assertThat(left).isOk().hasJson("/membership", "\"leave\"");
        assertThat(left.text()).contains("before").doesNotContain("behind his back", "New");

        var invited =
                alice.createRoom("{\"preset\":\"private_chat\",\"invite\":[\"" + bob.id() + "\"]}");
        var all = bob.get(ALL + "?limit=1");
        assertThat(all)
                .isOk()
                .hasJson("/presence", "[]")
                .hasJson("/rooms/0/room_id", "\"" + invited.id() + "\"")
                .hasJson("/rooms/0/membership", "\"invite\"")
                .hasJson("/rooms/0/invite/content/membership", "\"invite\"");
        assertThat(all.json("/rooms")).hasSize(1);
        var archived = bob.get(ALL + "?archived=true&limit=0");
        assertThat(archived.json("/rooms")).hasSize(2);
        assertThat(archived)
                .hasJson("/rooms/0/membership", "\"leave\"")
                .hasJson("/rooms/0/messages/chunk", "[]");
    }

    @Test
    void findsEventsOfWhateverRoom(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        for (var version : List.of("1", "3", "12")) {
            var room =
                    alice.createRoom(
                            "{\"preset\":\"private_chat\",\"room_version\":\"%s\"}"
                                    .formatted(version));
            var event = alice.say(room, "hello");
            assertThat(alice.get(EVENTS + "/{e}", event))
                    .isOk()
                    .hasJson("/event_id", "\"" + event + "\"")
                    .hasJson("/room_id", "\"" + room.id() + "\"");
            assertThat(bob.get(EVENTS + "/{e}", event)).hasStatus(404).hasErrcode("M_NOT_FOUND");
        }
        assertThat(alice.get(EVENTS + "/{e}", "$nowhere")).hasStatus(404).hasErrcode("M_NOT_FOUND");
    }

    @Test
    void refusesWhatIsMalformed(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        for (var path : List.of(EVENTS, ALL, EVENTS + "/$x", ROOM.replace("{roomId}", "!a:b"))) {
            assertThat(server.get(path)).hasStatus(401).hasErrcode("M_MISSING_TOKEN");
        }
        for (var query :
                List.of(
                        EVENTS + "?from=x",
                        EVENTS + "?timeout=-1",
                        EVENTS + "?room_id=x",
                        ALL + "?limit=-1",
                        ALL + "?archived=x")) {
            assertThat(alice.get(query)).hasStatus(400).hasErrcode("M_INVALID_PARAM");
        }
        assertThat(alice.get(ROOM + "?limit=-1", room.id()))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(alice.get(ROOM, "!nowhere:localhost")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(alice.get(ROOM + "?limit=1000000", room.id())).isOk();
    }
}
