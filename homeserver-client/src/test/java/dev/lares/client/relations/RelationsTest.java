package dev.lares.client.relations;

import static dev.lares.client.relations.Talk.edit;
import static dev.lares.client.relations.Talk.ids;
import static dev.lares.client.relations.Talk.ignore;
import static dev.lares.client.relations.Talk.redact;
import static dev.lares.client.relations.Talk.relate;
import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@HomeserverTest
class RelationsTest {
    private static final String PATH = "/_matrix/client/v1/rooms/{roomId}/relations/{eventId}";

    @Test
    void areRefusedWithoutAToken(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(server.get(PATH, room.id(), alice.say(room, "root"))).hasStatus(401);
    }

    @Test
    void areNotFoundByOutsidersNorInOtherRooms(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        var other = alice.createRoom();
        var root = alice.say(room, "root");
        relate(alice, room, "m.thread", root);
        assertThat(bob.get(PATH, room.id(), root)).hasStatus(404).hasErrcode("M_NOT_FOUND");
        assertThat(alice.get(PATH, other.id(), root)).hasStatus(404).hasErrcode("M_NOT_FOUND");
        assertThat(alice.get(PATH, room.id(), "$nothing")).hasStatus(404).hasErrcode("M_NOT_FOUND");
        assertThat(alice.get(PATH, "!nowhere:localhost", root))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"dir=x", "limit=-1", "limit=many", "from=nonsense", "to=x", "recurse=7"})
    void areRefusedForBadParameters(String query, TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var root = alice.say(room, "root");
        assertThat(alice.get(PATH + "?" + query, room.id(), root))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
    }

    @Test
    void areFoundByTypeNewestFirst(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var root = alice.say(room, "root");
        var first = relate(bob, room, "m.thread", root);
        var reference = relate(alice, room, "m.reference", root);
        var second = relate(alice, room, "m.thread", root);
        var reaction =
                bob.send(
                        room,
                        "m.reaction",
                        """
                        {"m.relates_to":{"rel_type":"m.annotation","event_id":"%s","key":"👍"}}
                        """
                                .formatted(root));
        alice.say(room, "beside it");
        assertThat(ids(alice.get(PATH, room.id(), root)))
                .containsExactly(reaction, second, reference, first);
        assertThat(ids(alice.get(PATH + "/m.thread", room.id(), root)))
                .containsExactly(second, first);
        var byType = alice.get(PATH + "/m.annotation/m.reaction", room.id(), root);
        assertThat(ids(byType)).containsExactly(reaction);
        assertThat(byType).lacksMember("/next_batch").lacksMember("/prev_batch");
        assertThat(byType).lacksMember("/recursion_depth");
        assertThat(ids(alice.get(PATH + "/m.annotation/m.room.message", room.id(), root)))
                .isEmpty();
        assertThat(ids(alice.get(PATH + "?dir=f", room.id(), root)))
                .containsExactly(first, reference, second, reaction);
        assertThat(ids(alice.get(PATH.replace("v1", "unstable") + "/m.thread", room.id(), root)))
                .containsExactly(second, first);
    }

    @Test
    void comeInPagesBothWays(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var root = alice.say(room, "root");
        var sent = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            sent.add(relate(alice, room, "m.thread", root));
        }
        for (var dir : new String[] {"b", "f"}) {
            var all = new ArrayList<String>();
            var page = alice.get(PATH + "?limit=3&dir=" + dir, room.id(), root);
            for (int pages = 1; ; pages++) {
                all.addAll(ids(page));
                assertThat(pages).isLessThan(5);
                if (page.json().path("next_batch").isMissingNode()) {
                    break;
                }
                var next = page.string("/next_batch");
                page = alice.get(PATH + "?limit=3&from={from}&dir=" + dir, room.id(), root, next);
                assertThat(page).hasJson("/prev_batch", "\"" + next + "\"");
            }
            assertThat(dir.equals("f") ? all : all.reversed()).isEqualTo(sent);
        }
    }

    @Test
    void stopAtATokenOfSync(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var root = alice.say(room, "root");
        relate(alice, room, "m.thread", root);
        var to = alice.sync().string("/next_batch");
        var later = relate(alice, room, "m.thread", root);
        assertThat(ids(alice.get(PATH + "?to={to}", room.id(), root, to))).containsExactly(later);
        assertThat(ids(alice.get(PATH + "?from={from}", room.id(), root, to))).hasSize(1);
    }

    @Test
    void areFollowedThreeLevels(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var root = alice.say(room, "root");
        var one = relate(alice, room, "m.thread", root);
        var two = relate(alice, room, "m.reference", one);
        var three = relate(alice, room, "m.reference", two);
        relate(alice, room, "m.reference", three);
        var recursive = alice.get(PATH + "?recurse=true", room.id(), root);
        assertThat(ids(recursive)).containsExactly(three, two, one);
        assertThat(recursive).hasJson("/recursion_depth", "3");
        assertThat(ids(alice.get(PATH + "?recurse=false", room.id(), root))).containsExactly(one);
        // What comes between has to pass the filter as well.
        assertThat(ids(alice.get(PATH + "/m.reference?recurse=true", room.id(), root))).isEmpty();
    }

    @Test
    void endWithARedactionAndLeaveOutWhomTheUserIgnores(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var root = alice.say(room, "root");
        var bobs = relate(bob, room, "m.thread", root);
        var redacted = relate(alice, room, "m.thread", root);
        var edited = edit(alice, room, root, "better");
        redact(alice, room, redacted);
        assertThat(ids(alice.get(PATH, room.id(), root))).containsExactly(edited, bobs);
        ignore(alice, bob);
        assertThat(ids(alice.get(PATH, room.id(), root))).containsExactly(edited);
        assertThat(ids(bob.get(PATH, room.id(), root))).containsExactly(edited, bobs);
    }

    @Test
    void areOnlyWhatTheUserMaySee(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        alice.sendState(
                room, "m.room.history_visibility", "", "{\"history_visibility\":\"joined\"}");
        var root = alice.say(room, "root");
        var seen = relate(alice, room, "m.thread", root);
        bob.leave(room);
        var meanwhile = relate(alice, room, "m.thread", root);
        assertThat(ids(bob.get(PATH, room.id(), root))).containsExactly(seen);
        bob.join(room);
        var later = relate(alice, room, "m.thread", root);
        assertThat(ids(bob.get(PATH, room.id(), root))).containsExactly(later, seen);
        assertThat(ids(alice.get(PATH, room.id(), root))).containsExactly(later, meanwhile, seen);
    }
}
