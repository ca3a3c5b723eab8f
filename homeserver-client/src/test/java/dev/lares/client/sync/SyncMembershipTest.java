package dev.lares.client.sync;

import static dev.lares.client.sync.Synced.bodies;
import static dev.lares.client.sync.Synced.joined;
import static dev.lares.client.sync.Synced.json;
import static dev.lares.client.sync.Synced.next;
import static dev.lares.client.sync.Synced.token;
import static dev.lares.client.sync.Synced.types;
import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a sync tells of rooms that the user comes to and leaves.
@HomeserverTest
class SyncMembershipTest {
    @Test
    void tellsInvitesWithStrippedState(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom("{\"preset\":\"private_chat\",\"name\":\"Den\"}");
        alice.say(room, "a secret");
        var since = token(bob);
        assertThat(
                        alice.post(
                                "/_matrix/client/v3/rooms/{roomId}/invite",
                                room.id(),
                                Map.of("user_id", bob.id())))
                .isOk();
        var sync = json(bob.syncSince(since));
        var state = sync.path("rooms").path("invite").path(room.id()).path("invite_state");
        assertThat(types(state)).contains("m.room.create", "m.room.name", "m.room.member");
        assertThat(sync.toString()).doesNotContain("a secret");
        assertThat(joined(sync, room).isMissingNode()).isTrue();
        assertThat(json(bob.syncSince(next(sync))).path("rooms").path("invite").isMissingNode())
                .isTrue();
    }

    @Test
    void tellsALeaveAndNothingAfterIt(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var since = token(bob);
        alice.say(room, "last words");
        assertThat(bob.leave(room)).isOk();
        alice.say(room, "not for bob");
        var sync = json(bob.syncSince(since));
        var entry = sync.path("rooms").path("leave").path(room.id());
        assertThat(bodies(entry)).containsExactly("last words");
        assertThat(types(entry.path("timeline"))).last().isEqualTo("m.room.member");
        assertThat(sync.toString()).doesNotContain("not for bob");
        assertThat(json(bob.sync()).path("rooms").path("leave").isMissingNode()).isTrue();
        var filter = "{\"room\":{\"include_leave\":true}}";
        var all = json(bob.get("/_matrix/client/v3/sync?filter={filter}", filter));
        assertThat(bodies(all.path("rooms").path("leave").path(room.id()))).contains("last words");
        assertThat(all.toString()).doesNotContain("not for bob");
    }

    @Test
    void tellsARoomAnewAfterLeavingAndJoiningAgain(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        alice.say(room, "before");
        var since = token(bob);
        assertThat(bob.leave(room)).isOk();
        alice.say(room, "between");
        assertThat(bob.join(room)).isOk();
        alice.say(room, "after");
        var entry = joined(json(bob.syncSince(since)), room);
        assertThat(bodies(entry)).contains("before", "between", "after");
        assertThat(types(entry.path("state"))).isNotNull();
    }

    @Test
    void tellsWhatBecameOfTheMembersMeanwhileToOneWhoComesBack(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        var room = alice.createRoom().joinedBy(bob, carol);
        alice.sendState(room, "m.room.name", "", Map.of("name", "heroes need not be told"));
        var query = "/_matrix/client/v3/sync?use_state_after=true&filter={filter}&since={since}";
        var lazy = "{\"room\":{\"state\":{\"lazy_load_members\":true},\"timeline\":{\"limit\":1}}}";
        var since = next(json(bob.get(query, lazy, "")));
        assertThat(bob.leave(room)).isOk();
        assertThat(carol.leave(room)).isOk();
        room.joinedBy(bob);
        alice.say(room, "welcome back");
        var entry = joined(json(bob.get(query, lazy, since)), room);
        var members =
                entry.path("state_after")
                        .path("events")
                        .valueStream()
                        .filter(event -> event.path("type").stringValue().equals("m.room.member"))
                        .map(event -> event.path("state_key").stringValue())
                        .toList();
        assertThat(members).contains(alice.id(), bob.id(), carol.id());
    }

    @Test
    void hidesWhatWasSaidBeforeAMemberCameWhereTheRoomSaysSo(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        alice.sendState(
                room, "m.room.history_visibility", "", Map.of("history_visibility", "joined"));
        alice.say(room, "before bob");
        room.joinedBy(bob);
        alice.say(room, "with bob");
        assertThat(bodies(joined(json(bob.sync()), room))).containsExactly("with bob");
    }

    private static void invite(TestUser host, TestRoom room, TestUser guest) {
        assertThat(
                        host.post(
                                "/_matrix/client/v3/rooms/{roomId}/invite",
                                room.id(),
                                Map.of("user_id", guest.id())))
                .isOk();
    }

    @Test
    void showsNothingOfTheRoomToOneWhoDeclinesAnInvitation(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom("{\"preset\":\"private_chat\"}");
        var since = token(bob);
        invite(alice, room, bob);
        alice.sendState(room, "m.room.topic", "", Map.of("topic", "among ourselves"));
        assertThat(bob.leave(room)).isOk();
        var query = "/_matrix/client/v3/sync?use_state_after=true&since={since}";
        var sync = json(bob.get(query, since));
        var entry = sync.path("rooms").path("leave").path(room.id());
        assertThat(types(entry.path("state_after"))).containsExactly("m.room.member");
        assertThat(sync.toString()).doesNotContain("among ourselves");
        var filter = "{\"room\":{\"include_leave\":true}}";
        var all = json(bob.get("/_matrix/client/v3/sync?filter={filter}", filter));
        assertThat(all.path("rooms").path("leave").path(room.id()).isMissingNode()).isFalse();
        assertThat(all.toString())
                .doesNotContain("among ourselves")
                .doesNotContain("m.room.power_levels");
    }

    @Test
    void endsWithTheLastStayWhateverComesAfterIt(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom("{\"preset\":\"private_chat\"}");
        invite(alice, room, bob);
        assertThat(bob.join(room)).isOk();
        alice.say(room, "while bob was there");
        assertThat(bob.leave(room)).isOk();
        alice.sendState(room, "m.room.topic", "", Map.of("topic", "after bob"));
        invite(alice, room, bob);
        assertThat(bob.leave(room)).isOk();
        var filter = "{\"room\":{\"include_leave\":true}}";
        var all = json(bob.get("/_matrix/client/v3/sync?filter={filter}", filter));
        var entry = all.path("rooms").path("leave").path(room.id());
        assertThat(bodies(entry)).containsExactly("while bob was there");
        assertThat(all.toString()).doesNotContain("after bob");
    }
}
