package dev.lares.client.messages;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@HomeserverTest
class MessagesTest {
    private static final String PATH = "/_matrix/client/v3/rooms/{roomId}/messages";
    private static final String ONLY_MESSAGES = "{\"types\":[\"m.room.message\"]}";

    private static List<String> bodies(TestResponse page) {
        assertThat(page).isOk();
        var bodies = new ArrayList<String>();
        for (var event : page.json("/chunk")) {
            bodies.add(event.path("content").path("body").asString("-"));
        }
        return bodies;
    }

    private static TestRoom roomWithMessages(TestUser alice, int count) {
        var room = alice.createRoom();
        for (int i = 1; i <= count; i++) {
            alice.say(room, "m" + i);
        }
        return room;
    }

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        var room = server.register("alice").createRoom();
        assertThat(server.get(PATH + "?dir=b", room.id())).hasStatus(401);
    }

    @Test
    void isForbiddenToOutsiders(TestHomeserver server) {
        var room = server.register("alice").createRoom();
        var bob = server.register("bob");
        assertThat(bob.get(PATH + "?dir=b", room.id())).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(bob.get(PATH + "?dir=b", "!nowhere:localhost"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
    }

    @Test
    void goesBackToTheStart(TestHomeserver server) {
        var alice = server.register("alice");
        var room = roomWithMessages(alice, 20);
        var page = alice.get(PATH + "?dir=b&limit=7", room.id());
        var all = new ArrayList<String>();
        int pages = 0;
        while (true) {
            for (var event : page.json("/chunk")) {
                all.add(event.path("event_id").stringValue());
            }
            pages++;
            if (page.json().path("end").isMissingNode()) {
                break;
            }
            var end = page.string("/end");
            page = alice.get(PATH + "?dir=b&limit=7&from={from}", room.id(), end);
            assertThat(page).isOk().hasJson("/start", "\"" + end + "\"");
            assertThat(pages).isLessThan(10);
        }
        assertThat(all).hasSize(26).doesNotHaveDuplicates();
        assertThat(page.json("/chunk").get(page.json("/chunk").size() - 1).path("type"))
                .hasToString("\"m.room.create\"");
        var forward = alice.get(PATH + "?dir=f&limit=100", room.id());
        var ids = new ArrayList<String>();
        forward.json("/chunk").forEach(event -> ids.add(event.path("event_id").stringValue()));
        assertThat(ids.reversed()).isEqualTo(all);
    }

    @Test
    void goesForwardAndStops(TestHomeserver server) {
        var alice = server.register("alice");
        var room = roomWithMessages(alice, 5);
        var first = alice.get(PATH + "?dir=f&limit=2&filter={f}", room.id(), ONLY_MESSAGES);
        assertThat(bodies(first)).containsExactly("m1", "m2");
        var second =
                alice.get(
                        PATH + "?dir=f&limit=2&filter={f}&from={from}",
                        room.id(),
                        ONLY_MESSAGES,
                        first.string("/end"));
        assertThat(bodies(second)).containsExactly("m3", "m4");
        // The way back from there meets the same events.
        var back =
                alice.get(
                        PATH + "?dir=b&limit=2&filter={f}&from={from}",
                        room.id(),
                        ONLY_MESSAGES,
                        second.string("/end"));
        assertThat(bodies(back)).containsExactly("m4", "m3");
        var last =
                alice.get(
                        PATH + "?dir=f&limit=2&filter={f}&from={from}",
                        room.id(),
                        ONLY_MESSAGES,
                        second.string("/end"));
        assertThat(bodies(last)).containsExactly("m5");
        assertThat(last).lacksMember("/end");
    }

    @Test
    void readsBetweenTokensOfSync(TestHomeserver server) {
        var alice = server.register("alice");
        var room = roomWithMessages(alice, 2);
        var from = alice.sync().string("/next_batch");
        alice.say(room, "m3");
        alice.say(room, "m4");
        var to = alice.sync().string("/next_batch");
        alice.say(room, "m5");
        assertThat(bodies(alice.get(PATH + "?dir=f&from={f}&to={t}", room.id(), from, to)))
                .containsExactly("m3", "m4");
        assertThat(bodies(alice.get(PATH + "?dir=b&from={f}&to={t}", room.id(), to, from)))
                .containsExactly("m4", "m3");
        assertThat(bodies(alice.get(PATH + "?dir=b&from={f}&limit=1", room.id(), from)))
                .containsExactly("m2");
    }

    @Test
    void goesOnWhereSyncStopped(TestHomeserver server) {
        var alice = server.register("alice");
        var room = roomWithMessages(alice, 8);
        var filter = "{\"room\":{\"timeline\":{\"limit\":3}}}";
        var sync = alice.get("/_matrix/client/v3/sync?timeout=0&filter={f}", filter);
        assertThat(sync).isOk();
        var joined = sync.json("/rooms/join").path(room.id()).path("timeline");
        assertThat(joined.path("events").size()).isEqualTo(3);
        var older =
                alice.get(
                        PATH + "?dir=b&limit=2&from={from}",
                        room.id(),
                        joined.path("prev_batch").stringValue());
        assertThat(bodies(older)).containsExactly("m5", "m4");
    }

    @Test
    void filters(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        alice.say(room, "plain");
        alice.send(room, "m.room.message", Map.of("body", "link", "url", "mxc://a/b"));
        var root = bob.say(room, "root");
        alice.send(
                room,
                "m.room.message",
                Map.of(
                        "body",
                        "reply",
                        "m.relates_to",
                        Map.of("rel_type", "m.thread", "event_id", root)));
        assertThat(filtered(alice, room, "{\"senders\":[\"%s\"]}".formatted(bob.id())))
                .containsExactly("root", "-");
        assertThat(filtered(alice, room, "{\"contains_url\":true}")).containsExactly("link");
        assertThat(filtered(alice, room, "{\"related_by_rel_types\":[\"m.thread\"]}"))
                .containsExactly("root");
        assertThat(
                        filtered(
                                alice,
                                room,
                                "{\"related_by_senders\":[\"%s\"],\"types\":[\"m.room.*\"]}"
                                        .formatted(bob.id())))
                .isEmpty();
        assertThat(filtered(alice, room, "{\"not_rooms\":[\"%s\"]}".formatted(room.id())))
                .isEmpty();
        assertThat(filtered(alice, room, "{\"not_types\":[\"m.room.*\"]}")).isEmpty();
    }

    private static List<String> filtered(TestUser user, TestRoom room, String filter) {
        return bodies(user.get(PATH + "?dir=b&limit=50&filter={f}", room.id(), filter));
    }

    @Test
    void bringsTheSendersWhereMembersAreLazy(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        var room = alice.createRoom().joinedBy(bob, carol);
        bob.say(room, "hello");
        var page =
                alice.get(
                        PATH + "?dir=b&limit=1&filter={f}",
                        room.id(),
                        "{\"lazy_load_members\":true}");
        assertThat(page).isOk();
        assertThat(page.json("/state").size()).isEqualTo(1);
        assertThat(page).hasJson("/state/0/state_key", "\"" + bob.id() + "\"");
        assertThat(alice.get(PATH + "?dir=b&limit=1", room.id())).lacksMember("/state");
    }

    @Test
    void boundsAPage(TestHomeserver server) {
        var alice = server.register("alice");
        var room = roomWithMessages(alice, 12);
        assertThat(bodies(alice.get(PATH + "?dir=b", room.id()))).hasSize(10);
        assertThat(bodies(alice.get(PATH + "?dir=b&limit=0", room.id()))).containsExactly("m12");
        assertThat(bodies(alice.get(PATH + "?dir=b&limit=100000", room.id()))).hasSize(18);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?dir=x",
                "?dir=b&limit=-1",
                "?dir=b&limit=ten",
                "?dir=b&from=t123_456",
                "?dir=b&to=x",
                "?dir=b&from=s"
            })
    void refusesParametersThatAreNone(String query, TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(alice.get(PATH + query, room.id())).hasStatus(400).hasErrcode("M_INVALID_PARAM");
    }

    @Test
    void refusesWhatIsMissingOrMalformed(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(alice.get(PATH, room.id())).hasStatus(400).hasErrcode("M_MISSING_PARAM");
        assertThat(alice.get(PATH + "?dir=b&filter={f}", room.id(), "{"))
                .hasStatus(400)
                .hasErrcode("M_NOT_JSON");
        assertThat(alice.get(PATH + "?dir=b&filter={f}", room.id(), "{\"types\":1}"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
    }
}
