package dev.lares.client.threads;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@HomeserverTest
class ThreadsTest {
    private static final String PATH = "/_matrix/client/v1/rooms/{roomId}/threads";

    private static String reply(TestUser user, TestRoom room, String root) {
        return user.send(
                room,
                "m.room.message",
                """
                {"msgtype":"m.text","body":"x",
                 "m.relates_to":{"rel_type":"m.thread","event_id":"%s"}}
                """
                        .formatted(root));
    }

    private static List<String> roots(TestResponse page) {
        assertThat(page).isOk();
        var ids = new ArrayList<String>();
        page.json("/chunk").forEach(event -> ids.add(event.path("event_id").stringValue()));
        return ids;
    }

    @Test
    void areRefusedWithoutAToken(TestHomeserver server) {
        var room = server.register("alice").createRoom();
        assertThat(server.get(PATH, room.id())).hasStatus(401);
    }

    @Test
    void areForbiddenToOutsiders(TestHomeserver server) {
        var room = server.register("alice").createRoom();
        var bob = server.register("bob");
        assertThat(bob.get(PATH, room.id())).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(bob.get(PATH, "!nowhere:localhost")).hasStatus(403).hasErrcode("M_FORBIDDEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"include=none", "limit=0", "limit=-3", "limit=x", "from=nonsense"})
    void areRefusedForBadParameters(String query, TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.get(PATH + "?" + query, alice.createRoom().id()))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
    }

    @Test
    void areOrderedByTheirNewestReply(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var one = alice.say(room, "one");
        var two = bob.say(room, "two");
        var three = alice.say(room, "three");
        alice.say(room, "no thread");
        assertThat(roots(alice.get(PATH, room.id()))).isEmpty();
        reply(bob, room, two);
        reply(alice, room, three);
        var last = reply(alice, room, one);
        assertThat(roots(bob.get(PATH, room.id()))).containsExactly(one, three, two);
        reply(alice, room, two);
        assertThat(roots(bob.get(PATH, room.id()))).containsExactly(two, one, three);
        assertThat(roots(bob.get(PATH + "?include=participated", room.id()))).containsExactly(two);
        assertThat(roots(alice.get(PATH + "?include=participated", room.id())))
                .containsExactly(two, one, three);
        // A redacted reply counts no longer.
        alice.put("/_matrix/client/v3/rooms/{r}/redact/{e}/r", room.id(), last, "{}");
        assertThat(roots(bob.get(PATH, room.id()))).containsExactly(two, three);
        var first = bob.get(PATH, room.id()).json("/chunk/0/unsigned/m.relations/m.thread");
        assertThat(first.path("count").intValue()).isEqualTo(2);
        assertThat(first.path("current_user_participated").booleanValue()).isTrue();
    }

    @Test
    void comeInPages(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var started = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            var root = alice.say(room, "root " + i);
            started.add(root);
            reply(alice, room, root);
            reply(alice, room, root);
        }
        var all = new ArrayList<String>();
        var page = alice.get(PATH + "?limit=2", room.id());
        for (int pages = 1; ; pages++) {
            all.addAll(roots(page));
            assertThat(pages).isLessThan(5);
            if (page.json().path("next_batch").isMissingNode()) {
                break;
            }
            page = alice.get(PATH + "?limit=2&from={f}", room.id(), page.string("/next_batch"));
        }
        assertThat(all.reversed()).isEqualTo(started);
    }

    @Test
    void showIgnoredUsersRootsRedactedAndNotTheirReplies(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var bobs = bob.say(room, "bob's");
        var alices = alice.say(room, "alice's");
        reply(alice, room, bobs);
        reply(bob, room, alices);
        alice.put(
                "/_matrix/client/v3/user/{u}/account_data/m.ignored_user_list",
                alice.id(),
                "{\"ignored_users\":{\"%s\":{}}}".formatted(bob.id()));
        var page = alice.get(PATH, room.id());
        assertThat(roots(page)).containsExactly(bobs);
        assertThat(page).hasJson("/chunk/0/content", "{}");
        assertThat(roots(bob.get(PATH, room.id()))).containsExactly(alices, bobs);
    }

    @Test
    void areOnlyThoseThatTheUserMaySee(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        alice.sendState(
                room, "m.room.history_visibility", "", "{\"history_visibility\":\"joined\"}");
        var before = alice.say(room, "before");
        reply(alice, room, before);
        bob.join(room);
        var seen = alice.say(room, "seen");
        reply(alice, room, seen);
        assertThat(roots(bob.get(PATH, room.id()))).containsExactly(seen);
        bob.leave(room);
        var after = alice.say(room, "after");
        reply(alice, room, after);
        assertThat(roots(bob.get(PATH, room.id()))).containsExactly(seen);
        assertThat(roots(alice.get(PATH, room.id()))).containsExactly(after, seen, before);
    }
}
