package dev.lares.client.sync;

import static dev.lares.client.sync.Synced.bodies;
import static dev.lares.client.sync.Synced.joined;
import static dev.lares.client.sync.Synced.json;
import static dev.lares.client.sync.Synced.next;
import static dev.lares.client.sync.Synced.token;
import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.CountedStatements;
import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What syncs send to the database.
@HomeserverTest(with = CountedStatements.Setup.class)
class SyncStatementsTest {
    @Test
    void areNoneWithNothingNew(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var rooms = new ArrayList<TestRoom>();
        for (int i = 0; i < 20; i++) {
            rooms.add(alice.createRoom().joinedBy(bob));
        }
        bob.say(rooms.getFirst(), "hello");
        var since = token(alice);
        assertThat(json(alice.syncSince(since)).has("rooms")).isFalse();
        var statements = server.bean(CountedStatements.class);
        statements.take();
        for (int i = 0; i < 5; i++) {
            assertThat(json(alice.syncSince(since)).has("rooms")).isFalse();
        }
        assertThat(statements.take()).isEmpty();
    }

    @Test
    void areNoneWhileOthersTalkElsewhere(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var shared = alice.createRoom().joinedBy(bob);
        var elsewhere = bob.createRoom();
        var since = token(alice);
        assertThat(alice.syncSince(since)).isOk();
        bob.say(elsewhere, "nobody hears this");
        var statements = server.bean(CountedStatements.class);
        statements.take();
        var sync = json(alice.syncSince(since));
        assertThat(sync.has("rooms")).isFalse();
        assertThat(statements.take()).isEmpty();
        bob.say(shared, "you hear this");
        assertThat(bodies(joined(json(alice.syncSince(next(sync))), shared)))
                .containsExactly("you hear this");
        assertThat(statements.take()).isNotEmpty();
    }

    @Test
    void areNoneForWhatAnotherMemberWasTold(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        var room = alice.createRoom().joinedBy(bob, carol);
        var bobsToken = token(bob);
        var carolsToken = token(carol);
        alice.say(room, "hello");
        assertThat(bodies(joined(json(bob.syncSince(bobsToken)), room))).containsExactly("hello");
        var statements = server.bean(CountedStatements.class);
        statements.take();
        var entry = joined(json(carol.syncSince(carolsToken)), room);
        assertThat(bodies(entry)).containsExactly("hello");
        assertThat(entry.path("unread_notifications").path("notification_count").intValue())
                .isEqualTo(1);
        assertThat(statements.take()).isEmpty();
    }

    @Test
    void areNoneForRelationsThatAnotherMemberWasTold(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        var room = alice.createRoom().joinedBy(bob, carol);
        var bobsToken = token(bob);
        var carolsToken = token(carol);
        var root = alice.say(room, "root");
        relate(alice, room, "m.thread", root);
        relate(alice, room, "m.replace", root);
        assertThat(joined(json(bob.syncSince(bobsToken)), room).toString()).contains("m.relations");
        var statements = server.bean(CountedStatements.class);
        statements.take();
        assertThat(joined(json(carol.syncSince(carolsToken)), room).toString())
                .contains("\"current_user_participated\":false");
        assertThat(statements.take()).isEmpty();
    }

    @Test
    void areNoMoreForWhatRelatesToNothing(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var since = token(bob);
        alice.say(room, "hello");
        var statements = server.bean(CountedStatements.class);
        statements.take();
        assertThat(bodies(joined(json(bob.syncSince(since)), room))).containsExactly("hello");
        assertThat(statements.take()).noneMatch(sql -> sql.contains("relation_place"));
    }

    private static void relate(TestUser user, TestRoom room, String relType, String target) {
        user.send(
                room,
                "m.room.message",
                """
                {"msgtype":"m.text","body":"x","m.new_content":{"body":"y"},
                 "m.relates_to":{"rel_type":"%s","event_id":"%s"}}
                """
                        .formatted(relType, target));
    }

    @Test
    void areAsManyForManyRoomsAsForFew(TestHomeserver server) {
        // The first one reads what is remembered for all.
        statementsOfAnInitialSync(server, 1);
        assertThat(statementsOfAnInitialSync(server, 12))
                .hasSameSizeAs(statementsOfAnInitialSync(server, 3));
    }

    private static List<String> statementsOfAnInitialSync(TestHomeserver server, int rooms) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        for (int i = 0; i < rooms; i++) {
            var room = alice.createRoom().joinedBy(bob);
            alice.say(room, "hello");
        }
        var statements = server.bean(CountedStatements.class);
        statements.take();
        assertThat(json(bob.sync()).path("rooms").path("join").size()).isEqualTo(rooms);
        // Whom the last message wakes is looked up beside the sync, once or not at all.
        return statements.take().stream()
                .filter(sql -> !sql.startsWith("SELECT m.user_nid FROM (SELECT DISTINCT ON"))
                .toList();
    }
}
