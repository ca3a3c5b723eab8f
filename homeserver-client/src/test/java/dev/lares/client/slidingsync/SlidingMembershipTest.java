package dev.lares.client.slidingsync;

import static dev.lares.client.slidingsync.Sliding.ALL_ROOMS;
import static dev.lares.client.slidingsync.Sliding.bodies;
import static dev.lares.client.slidingsync.Sliding.room;
import static dev.lares.client.slidingsync.Sliding.rooms;
import static dev.lares.client.slidingsync.Sliding.state;
import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is told of rooms that users enter, leave, or are asked into.
@HomeserverTest
class SlidingMembershipTest {
    @Test
    void tellsOfInvitationsAndWhatBecomesOfThem(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom("{\"preset\":\"private_chat\",\"name\":\"Den\"}");
        var client = new Sliding(bob);
        client.ask(ALL_ROOMS);
        assertThat(
                        alice.post(
                                "/_matrix/client/v3/rooms/{roomId}/invite",
                                room.id(),
                                Map.of("user_id", bob.id())))
                .isOk();
        var invited = room(client.ask(ALL_ROOMS), room);
        assertThat(invited.path("initial").booleanValue()).isTrue();
        assertThat(invited.path("membership").stringValue()).isEqualTo("invite");
        assertThat(invited.has("timeline")).isFalse();
        assertThat(invited.has("required_state")).isFalse();
        assertThat(
                        invited.path("invite_state")
                                .valueStream()
                                .map(event -> event.path("type").stringValue()))
                .contains("m.room.name", "m.room.member", "m.room.create");
        assertThat(bob.join(room)).isOk();
        var joined = room(client.ask(ALL_ROOMS), room);
        assertThat(joined.path("initial").booleanValue()).isTrue();
        assertThat(joined.path("membership").stringValue()).isEqualTo("join");
        assertThat(joined.has("invite_state")).isFalse();
        assertThat(joined.path("timeline")).isNotEmpty();
    }

    @Test
    void tellsOfADeclinedInvitationNothingButThatItIsOver(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom("{\"preset\":\"private_chat\"}");
        var invite = Map.of("user_id", bob.id());
        alice.post("/_matrix/client/v3/rooms/{roomId}/invite", room.id(), invite);
        var client = new Sliding(bob);
        client.ask(ALL_ROOMS);
        alice.say(room, "not for bob");
        assertThat(bob.leave(room)).isOk();
        var over = room(client.ask(ALL_ROOMS), room);
        assertThat(over.path("membership").stringValue()).isEqualTo("leave");
        assertThat(bodies(over)).isEmpty();
        assertThat(state(over)).containsExactly("m.room.member|" + bob.id());
        var after = client.ask(ALL_ROOMS);
        assertThat(rooms(after)).isEmpty();
        assertThat(after.path("lists").path("all").path("count").intValue()).isZero();
    }

    @Test
    void tellsOnceThatARoomIsLeftAndAgainWhenItIsEnteredAnew(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var client = new Sliding(bob);
        client.ask(ALL_ROOMS);
        alice.say(room, "last");
        assertThat(bob.leave(room)).isOk();
        alice.say(room, "behind his back");
        var left = room(client.ask(ALL_ROOMS), room);
        assertThat(left.has("initial")).isFalse();
        assertThat(left.path("membership").stringValue()).isEqualTo("leave");
        assertThat(bodies(left)).containsExactly("last");
        assertThat(state(left)).contains("m.room.member|" + bob.id());
        assertThat(rooms(client.ask(ALL_ROOMS))).isEmpty();
        assertThat(bob.join(room)).isOk();
        var back = room(client.ask(ALL_ROOMS), room);
        assertThat(back.path("initial").booleanValue()).isTrue();
        assertThat(bodies(back)).containsExactly("last", "behind his back");
    }

    @Test
    void showsRoomsThatOneWasBannedFromToNewClientsAndNotWhatOneLeft(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var banned = alice.createRoom().joinedBy(bob);
        var left = alice.createRoom().joinedBy(bob);
        var never = alice.createRoom();
        bob.leave(left);
        alice.say(banned, "before");
        for (var room : new String[] {banned.id(), never.id()}) {
            assertThat(
                            alice.post(
                                    "/_matrix/client/v3/rooms/{roomId}/ban",
                                    room,
                                    Map.of("user_id", bob.id())))
                    .isOk();
        }
        alice.say(banned, "after");
        var client = new Sliding(bob);
        var answer = client.ask(ALL_ROOMS);
        assertThat(rooms(answer)).containsExactly(banned.id());
        var entry = room(answer, banned);
        assertThat(entry.path("membership").stringValue()).isEqualTo("ban");
        assertThat(bodies(entry)).containsExactly("before");
        // Who asks for it by name sees what they were in.
        var named =
                client.ask(
                        "{\"room_subscriptions\":{\"%s\":{\"timeline_limit\":1,\"required_state\":[[\"*\",\"*\"]]}}}"
                                .formatted(left.id()));
        assertThat(room(named, left).path("membership").stringValue()).isEqualTo("leave");
        assertThat(
                        rooms(
                                client.ask(
                                        "{\"room_subscriptions\":{\"%s\":{\"timeline_limit\":1}}}"
                                                .formatted(left.id()))))
                .isEmpty();
    }

    @Test
    void doesNotShowRoomsToWhomTheyDoNotConcern(TestHomeserver server) {
        var alice = server.register("alice");
        var eve = server.register("eve");
        var room = alice.createRoom();
        var client = new Sliding(eve);
        var body =
                "{\"room_subscriptions\":{\"%s\":{\"timeline_limit\":9},\"!nowhere:example.org\":{\"timeline_limit\":9}}}";
        assertThat(rooms(client.ask(body.formatted(room.id())))).isEmpty();
        alice.say(room, "secret");
        assertThat(rooms(client.ask(body.formatted(room.id())))).isEmpty();
    }
}
