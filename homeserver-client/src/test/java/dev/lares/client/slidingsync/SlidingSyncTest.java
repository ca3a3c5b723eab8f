package dev.lares.client.slidingsync;

import static dev.lares.client.slidingsync.Sliding.ALL_ROOMS;
import static dev.lares.client.slidingsync.Sliding.bodies;
import static dev.lares.client.slidingsync.Sliding.room;
import static dev.lares.client.slidingsync.Sliding.rooms;
import static dev.lares.client.slidingsync.Sliding.state;
import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@HomeserverTest
class SlidingSyncTest {
    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        assertThat(server.post(Sliding.UNSTABLE, "{}"))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
        assertThat(server.post(Sliding.STABLE, "{}")).hasStatus(401).hasErrcode("M_MISSING_TOKEN");
    }

    @Test
    void isAdvertised(TestHomeserver server) {
        assertThat(
                        server.get("/_matrix/client/versions")
                                .json()
                                .path("unstable_features")
                                .path("org.matrix.simplified_msc3575")
                                .booleanValue())
                .isTrue();
    }

    @Test
    void tellsARoomOnceAndThenWhatIsNew(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom("{\"preset\":\"public_chat\",\"name\":\"Den\"}").joinedBy(bob);
        alice.say(room, "one");
        var client = new Sliding(bob);
        var first = client.ask(ALL_ROOMS);
        assertThat(first.path("lists").path("all").path("count").intValue()).isEqualTo(1);
        var initial = room(first, room);
        assertThat(initial.path("initial").booleanValue()).isTrue();
        assertThat(initial.path("name").stringValue()).isEqualTo("Den");
        assertThat(initial.has("heroes")).isFalse();
        assertThat(initial.path("joined_count").intValue()).isEqualTo(2);
        assertThat(initial.path("invited_count").intValue()).isZero();
        assertThat(initial.path("membership").stringValue()).isEqualTo("join");
        assertThat(initial.path("num_live").intValue()).isZero();
        assertThat(initial.path("notification_count").intValue()).isEqualTo(1);
        assertThat(initial.path("bump_stamp").longValue()).isPositive();
        assertThat(bodies(initial)).containsExactly("one");
        assertThat(state(initial))
                .containsExactlyInAnyOrder(
                        "m.room.name|",
                        "m.room.create|",
                        "m.room.member|" + alice.id(),
                        "m.room.member|" + bob.id());

        alice.say(room, "two");
        var second = client.ask(ALL_ROOMS);
        var update = room(second, room);
        assertThat(update.has("initial")).isFalse();
        assertThat(update.has("name")).isFalse();
        assertThat(update.has("joined_count")).isFalse();
        assertThat(bodies(update)).containsExactly("two");
        assertThat(update.path("timeline")).hasSize(1);
        assertThat(update.path("limited").booleanValue()).isFalse();
        assertThat(update.path("num_live").intValue()).isEqualTo(1);
        // The sender is known.
        assertThat(state(update)).isEmpty();

        assertThat(rooms(client.ask(ALL_ROOMS))).isEmpty();
    }

    @Test
    void answersAPosThatIsShownAgain(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var client = new Sliding(alice);
        client.ask(ALL_ROOMS);
        bob.say(room, "one");
        var again = client.copy(alice);
        var first = room(client.ask(ALL_ROOMS), room);
        assertThat(bodies(first)).containsExactly("one");
        // The first answer was lost; the member who spoke is told again as well.
        var second = room(again.ask(ALL_ROOMS), room);
        assertThat(bodies(second)).containsExactly("one");
        assertThat(state(second)).isEqualTo(state(first));
        bob.say(room, "two");
        assertThat(bodies(room(again.ask(ALL_ROOMS), room))).containsExactly("two");
    }

    @Test
    void wakesWhoWaits(TestHomeserver server) throws Exception {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var client = new Sliding(bob);
        client.ask(ALL_ROOMS);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = executor.submit(() -> client.ask(ALL_ROOMS, 20_000));
            alice.say(room, "are you there");
            var answer = waiting.get(15, TimeUnit.SECONDS);
            assertThat(bodies(room(answer, room))).containsExactly("are you there");
        }
    }

    @Test
    void letsOneRequestOfAConnectionWait(TestHomeserver server) throws Exception {
        var alice = server.register("alice");
        alice.createRoom();
        var client = new Sliding(alice);
        client.ask(ALL_ROOMS);
        var meters = server.bean(MeterRegistry.class);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var copy = client.copy(alice);
            var first = executor.submit(() -> copy.ask(ALL_ROOMS, 60_000));
            await().until(() -> meters.get("lares.sync.parked").gauge().value() >= 1);
            var second = executor.submit(() -> client.ask(ALL_ROOMS, 60_000));
            // Long before its own timeout.
            assertThat(rooms(first.get(20, TimeUnit.SECONDS))).isEmpty();
            var room = alice.createRoom();
            assertThat(rooms(second.get(20, TimeUnit.SECONDS))).containsExactly(room.id());
        }
    }

    @Test
    void growsItsWindow(TestHomeserver server) {
        var alice = server.register("alice");
        var oldest = alice.createRoom();
        var older = alice.createRoom();
        var newest = alice.createRoom();
        var client = new Sliding(alice);
        var list = "{\"lists\":{\"l\":{\"ranges\":[[0,%d]],\"timeline_limit\":1}}}";
        var first = client.ask(list.formatted(1));
        assertThat(first.path("lists").path("l").path("count").intValue()).isEqualTo(3);
        assertThat(rooms(first)).containsExactly(newest.id(), older.id());
        assertThat(rooms(client.ask(list.formatted(9)))).containsExactly(oldest.id());
        assertThat(rooms(client.ask(list.formatted(9)))).isEmpty();
        // A small window again shows what is most active.
        alice.say(oldest, "up");
        var up = client.ask(list.formatted(0));
        assertThat(rooms(up)).containsExactly(oldest.id());
        assertThat(room(up, oldest).has("initial")).isFalse();
    }

    @Test
    void tellsWhatHappenedWhileARoomWasNotAskedFor(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var client = new Sliding(alice);
        client.ask(ALL_ROOMS);
        var topic =
                "{\"room_subscriptions\":{\"%s\":{\"timeline_limit\":5,\"required_state\":[]}}}";
        var other = alice.createRoom();
        client.ask(topic.formatted(other.id()));
        alice.say(room, "one");
        alice.sendState(room, "m.room.name", "", Map.of("name", "Den"));
        assertThat(rooms(client.ask(topic.formatted(other.id())))).isEmpty();
        alice.say(other, "elsewhere");
        assertThat(rooms(client.ask(topic.formatted(other.id())))).containsExactly(other.id());
        var back = room(client.ask(ALL_ROOMS), room);
        assertThat(back.has("initial")).isFalse();
        assertThat(back.path("name").stringValue()).isEqualTo("Den");
        assertThat(bodies(back)).containsExactly("one");
        assertThat(back.path("num_live").intValue()).isZero();
    }

    @Test
    void sendsMoreOfTheTimelineWhenMoreIsAskedFor(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        for (int i = 0; i < 4; i++) {
            alice.say(room, "m" + i);
        }
        var client = new Sliding(alice);
        var list = "\"lists\":{\"l\":{\"ranges\":[[0,9]],\"timeline_limit\":1}}";
        var first = room(client.ask("{" + list + "}"), room);
        assertThat(bodies(first)).containsExactly("m3");
        assertThat(first.path("limited").booleanValue()).isTrue();
        var subscribed =
                "{"
                        + list
                        + ",\"room_subscriptions\":{\""
                        + room.id()
                        + "\":{\"timeline_limit\":3}}}";
        var more = room(client.ask(subscribed), room);
        assertThat(bodies(more)).containsExactly("m1", "m2", "m3");
        assertThat(more.path("unstable_expanded_timeline").booleanValue()).isTrue();
        assertThat(more.has("initial")).isFalse();
        assertThat(more.path("num_live").intValue()).isZero();
        var page =
                alice.get(
                        "/_matrix/client/v3/rooms/{roomId}/messages?dir=b&limit=1&from={from}",
                        room.id(),
                        more.path("prev_batch").stringValue());
        assertThat(page.string("/chunk/0/content/body")).isEqualTo("m0");
        // And no more once the client has it.
        assertThat(rooms(client.ask(subscribed))).isEmpty();
        assertThat(rooms(client.ask("{" + list + "}"))).isEmpty();
        assertThat(rooms(client.ask(subscribed))).isEmpty();
    }

    @Test
    void sendsMoreOfTheStateWhenMoreIsAskedFor(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom("{\"name\":\"Den\",\"topic\":\"talk\"}");
        var client = new Sliding(alice);
        var body =
                "{\"room_subscriptions\":{\"%s\":{\"timeline_limit\":1,\"required_state\":[%s]}}}";
        var name = "[\"m.room.name\",\"\"]";
        var first = room(client.ask(body.formatted(room.id(), name)), room);
        assertThat(state(first)).containsExactly("m.room.name|");
        var more = name + ",[\"m.room.topic\",\"\"]";
        var second = room(client.ask(body.formatted(room.id(), more)), room);
        assertThat(state(second)).containsExactly("m.room.topic|");
        assertThat(second.has("timeline")).isFalse();
        assertThat(rooms(client.ask(body.formatted(room.id(), more)))).isEmpty();
    }

    @Test
    void namesHeroesWhereARoomHasNoName(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        assertThat(
                        bob.put(
                                "/_matrix/client/v3/profile/{userId}/displayname",
                                bob.id(),
                                Map.of("displayname", "Bob the Builder")))
                .isOk();
        var room = alice.createRoom().joinedBy(bob);
        var client = new Sliding(alice);
        var body = "{\"lists\":{\"l\":{\"ranges\":[[0,9]],\"timeline_limit\":0}}}";
        var first = room(client.ask(body), room);
        assertThat(first.has("name")).isFalse();
        assertThat(first.path("heroes")).hasSize(1);
        assertThat(first.path("heroes").path(0).path("user_id").stringValue()).isEqualTo(bob.id());
        assertThat(first.path("heroes").path(0).path("displayname").stringValue())
                .isEqualTo("Bob the Builder");
        alice.sendState(room, "m.room.name", "", Map.of("name", "Den"));
        var named = room(client.ask(body), room);
        assertThat(named.path("name").stringValue()).isEqualTo("Den");
        assertThat(named.has("heroes")).isFalse();
        alice.sendState(room, "m.room.name", "", Map.of());
        var unnamed = room(client.ask(body), room);
        assertThat(unnamed.path("name").isNull()).isTrue();
        assertThat(unnamed.path("heroes")).hasSize(1);
    }

    @Test
    void lowersTheCountWhenAnotherDeviceReads(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var client = new Sliding(bob);
        client.ask(ALL_ROOMS);
        var event = alice.say(room, "one");
        assertThat(room(client.ask(ALL_ROOMS), room).path("notification_count").intValue())
                .isEqualTo(1);
        assertThat(
                        bob.post(
                                "/_matrix/client/v3/rooms/{roomId}/receipt/m.read/{eventId}",
                                room.id(),
                                event,
                                "{}"))
                .isOk();
        var read = room(client.ask(ALL_ROOMS), room);
        assertThat(read.path("notification_count").isNumber()).isTrue();
        assertThat(read.path("notification_count").intValue()).isZero();
        assertThat(read.has("timeline")).isFalse();
        assertThat(rooms(client.ask(ALL_ROOMS))).isEmpty();
    }

    @Test
    void tellsCountsThatChangedWhileARoomWasNotAskedFor(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var event = alice.say(room, "one");
        var client = new Sliding(bob);
        assertThat(room(client.ask(ALL_ROOMS), room).path("notification_count").intValue())
                .isEqualTo(1);
        assertThat(
                        bob.post(
                                "/_matrix/client/v3/rooms/{roomId}/receipt/m.read/{eventId}",
                                room.id(),
                                event,
                                "{}"))
                .isOk();
        client.ask("{}");
        client.ask("{}");
        var told = room(client.ask(ALL_ROOMS), room);
        assertThat(told.path("notification_count").isNumber()).isTrue();
        assertThat(told.path("notification_count").intValue()).isZero();
        assertThat(rooms(client.ask(ALL_ROOMS))).isEmpty();
    }

    @Test
    void tellsTheTransactionBack(TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.post(Sliding.UNSTABLE, "{\"txn_id\":\"t1\"}").string("/txn_id"))
                .isEqualTo("t1");
    }
}
