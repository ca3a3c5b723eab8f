package dev.lares.client.sync;

import static dev.lares.client.sync.Synced.bodies;
import static dev.lares.client.sync.Synced.joined;
import static dev.lares.client.sync.Synced.json;
import static dev.lares.client.sync.Synced.next;
import static dev.lares.client.sync.Synced.token;
import static dev.lares.client.sync.Synced.types;
import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@HomeserverTest
class SyncTest {
    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        assertThat(server.get("/_matrix/client/v3/sync"))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
    }

    @Test
    void bringsAMessageFromOneSocketToAnother(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var since = token(bob);
        alice.say(room, "hello");
        var sync = json(bob.syncSince(since));
        assertThat(bodies(joined(sync, room))).containsExactly("hello");
        assertThat(bodies(joined(json(bob.syncSince(next(sync))), room))).isEmpty();
    }

    @Test
    void answersARepeatedTokenInTheSameWay(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var since = token(alice);
        alice.say(room, "one");
        var first = json(alice.syncSince(since));
        alice.say(room, "two");
        var second = json(alice.syncSince(since));
        assertThat(bodies(joined(first, room))).containsExactly("one");
        assertThat(bodies(joined(second, room))).containsExactly("one", "two");
    }

    @Test
    void wakesWhoWaits(TestHomeserver server) throws Exception {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var since = token(bob);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting =
                    executor.submit(() ->
                            bob.get("/_matrix/client/v3/sync?timeout=20000&since={since}", since));
            alice.say(room, "are you there");
            var sync = json(waiting.get(15, TimeUnit.SECONDS));
            assertThat(bodies(joined(sync, room))).containsExactly("are you there");
        }
    }

    @Test
    void doesNotOutliveTheSession(TestHomeserver server) throws Exception {
        var alice = server.register("alice");
        var since = token(alice);
        var meters = server.bean(MeterRegistry.class);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting =
                    executor.submit(() ->
                            alice.get(
                                    "/_matrix/client/v3/sync?timeout=60000&since={since}", since));
            await().until(() -> meters.get("lares.sync.parked").gauge().value() >= 1);
            assertThat(alice.post("/_matrix/client/v3/logout", "{}")).isOk();
            // Long before its own timeout.
            assertThat(json(waiting.get(20, TimeUnit.SECONDS)).has("rooms")).isFalse();
            assertThat(alice.syncSince(since)).hasStatus(401).hasErrcode("M_UNKNOWN_TOKEN");
        }
    }

    @Test
    void answersAtItsTimeoutWithNothingNew(TestHomeserver server) {
        var alice = server.register("alice");
        var since = token(alice);
        var sync = json(alice.get("/_matrix/client/v3/sync?timeout=200&since={since}", since));
        assertThat(sync.has("rooms")).isFalse();
        assertThat(next(sync)).isNotEmpty();
    }

    @Test
    void tellsAllOfANewRoom(TestHomeserver server) {
        var alice = server.register("alice");
        var since = token(alice);
        var room =
                alice.createRoom(
                        "{\"preset\":\"private_chat\",\"name\":\"Den\",\"topic\":\"talk\"}");
        var entry = joined(json(alice.syncSince(since)), room);
        assertThat(types(entry.path("timeline")))
                .startsWith("m.room.create", "m.room.member")
                .contains("m.room.name", "m.room.topic", "m.room.power_levels");
        assertThat(entry.path("state").path("events")).isEmpty();
        assertThat(entry.path("timeline").path("limited").booleanValue()).isFalse();
        assertThat(entry.path("summary").path("m.joined_member_count").intValue()).isEqualTo(1);
    }

    @Test
    void cutsALongTimelineAndTellsTheStateBeforeIt(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        alice.sendState(room, "m.room.name", "", Map.of("name", "before"));
        var since = token(alice);
        alice.sendState(room, "m.room.topic", "", Map.of("topic", "in the gap"));
        for (int i = 0; i < 15; i++) {
            alice.say(room, "message " + i);
        }
        var entry = joined(json(alice.syncSince(since)), room);
        assertThat(entry.path("timeline").path("limited").booleanValue()).isTrue();
        assertThat(bodies(entry)).hasSize(10).last().isEqualTo("message 14");
        assertThat(types(entry.path("state"))).containsExactly("m.room.topic");
        var page =
                json(
                        alice.get(
                                "/_matrix/client/v3/rooms/{roomId}/messages?dir=b&limit=6&from={from}",
                                room.id(),
                                entry.path("timeline").path("prev_batch").stringValue()));
        assertThat(page.path("chunk").get(0).path("content").path("body").stringValue())
                .isEqualTo("message 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"use_state_after", "org.matrix.msc4222.use_state_after"})
    void tellsTheStateAfterTheTimelineInBothSpellings(String parameter, TestHomeserver server) {
        var member = parameter.startsWith("org") ? "org.matrix.msc4222.state_after" : "state_after";
        var alice = server.register("alice");
        var room = alice.createRoom();
        var since = token(alice);
        alice.sendState(room, "m.room.name", "", Map.of("name", "new"));
        var entry =
                joined(
                        json(
                                alice.get(
                                        "/_matrix/client/v3/sync?since={since}&"
                                                + parameter
                                                + "=true",
                                        since)),
                        room);
        assertThat(types(entry.path(member))).containsExactly("m.room.name");
        assertThat(entry.has("state")).isFalse();
        var initial =
                joined(json(alice.get("/_matrix/client/v3/sync?" + parameter + "=true")), room);
        assertThat(types(initial.path(member))).contains("m.room.name", "m.room.create");
    }

    @Test
    void loadsMembersLazily(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        var room = alice.createRoom().joinedBy(bob, carol);
        for (int i = 0; i < 12; i++) {
            bob.say(room, "only bob speaks " + i);
        }
        var filter = "{\"room\":{\"state\":{\"lazy_load_members\":true}}}";
        var entry =
                joined(json(alice.get("/_matrix/client/v3/sync?filter={filter}", filter)), room);
        var members = new ArrayList<String>();
        entry.path("state")
                .path("events")
                .forEach(event -> {
                    if (event.path("type").stringValue().equals("m.room.member")) {
                        members.add(event.path("state_key").stringValue());
                    }
                });
        // Carol is a hero: the room has no name of its own.
        assertThat(members).containsExactlyInAnyOrder(alice.id(), bob.id(), carol.id());
        alice.sendState(room, "m.room.name", "", Map.of("name", "named"));
        var all = joined(json(alice.sync()), room);
        assertThat(types(all.path("state")).stream().filter("m.room.member"::equals)).hasSize(3);
    }

    @Test
    void appliesFilters(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var other = alice.createRoom();
        alice.say(room, "by alice");
        bob.say(room, "by bob");
        var filter =
                """
                {"room": {"rooms": ["%s"], "timeline": {"types": ["m.room.message"], "not_senders": ["%s"]}},
                 "event_fields": ["content.body", "type"]}
                """
                        .formatted(room.id(), bob.id());
        var stored = alice.post("/_matrix/client/v3/user/{userId}/filter", alice.id(), filter);
        var sync =
                json(
                        alice.get(
                                "/_matrix/client/v3/sync?filter={filter}",
                                stored.string("/filter_id")));
        assertThat(bodies(joined(sync, room))).containsExactly("by alice");
        var event = joined(sync, room).path("timeline").path("events").get(0);
        assertThat(event.path("content").has("msgtype")).isFalse();
        assertThat(joined(sync, other).isMissingNode()).isTrue();
    }

    @Test
    void keepsTheTransactionIdForTheDeviceThatSent(TestHomeserver server) {
        var alice = server.register("alice");
        var second = alice.login();
        var room = alice.createRoom();
        var since = token(alice);
        alice.put(
                "/_matrix/client/v3/rooms/{roomId}/send/m.room.message/{txn}",
                room.id(),
                "my-txn",
                Map.of("msgtype", "m.text", "body", "x"));
        var own = joined(json(alice.syncSince(since)), room).path("timeline").path("events").get(0);
        var others =
                joined(json(second.syncSince(since)), room).path("timeline").path("events").get(0);
        assertThat(own.path("unsigned").path("transaction_id").stringValue()).isEqualTo("my-txn");
        assertThat(others.path("unsigned").has("transaction_id")).isFalse();
    }

    @Test
    void hidesWhatAnIgnoredUserSays(TestHomeserver server) {
        var alice = server.register("alice");
        var troll = server.register("troll");
        var room = alice.createRoom().joinedBy(troll);
        var since = token(alice);
        assertThat(
                        alice.put(
                                "/_matrix/client/v3/user/{userId}/account_data/m.ignored_user_list",
                                alice.id(),
                                "{\"ignored_users\":{\"" + troll.id() + "\":{}}}"))
                .isOk();
        troll.say(room, "provocation");
        alice.say(room, "peace");
        var sync = json(alice.syncSince(since));
        assertThat(bodies(joined(sync, room))).containsExactly("peace");
        assertThat(types(sync.path("account_data"))).containsExactly("m.ignored_user_list");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "since=nonsense",
                "since=s1_2_3",
                "timeout=-1",
                "timeout=soon",
                "full_state=maybe",
                "set_presence=happy",
                "filter=12345"
            })
    void refusesParametersThatMeanNothing(String query, TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.get("/_matrix/client/v3/sync?" + query))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
    }

    @Test
    void refusesABrokenFilter(TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.get("/_matrix/client/v3/sync?filter={filter}", "{\"room\":1}"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(alice.get("/_matrix/client/v3/sync?filter={filter}", "{\"room\""))
                .hasStatus(400)
                .hasErrcode("M_NOT_JSON");
    }

    @Test
    void endsTheOldestOfTooManyRequestsOfOneDevice(TestHomeserver server) throws Exception {
        var alice = server.register("alice");
        var since = token(alice);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = new ArrayList<Future<TestResponse>>();
            for (int i = 0; i <= ParkedSyncs.PARKED_PER_DEVICE_MAX; i++) {
                waiting.add(
                        executor.submit(() ->
                                alice.get(
                                        "/_matrix/client/v3/sync?timeout=3000&since={since}",
                                        since)));
            }
            for (var response : waiting) {
                assertThat(json(response.get(20, TimeUnit.SECONDS)).has("rooms")).isFalse();
            }
        }
    }

    @Test
    void tellsReceiptsAndTyping(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var event = alice.say(room, "read me");
        var since = token(alice);
        assertThat(
                        bob.post(
                                "/_matrix/client/v3/rooms/{roomId}/receipt/m.read/{eventId}",
                                room.id(),
                                event,
                                "{}"))
                .isOk();
        assertThat(
                        bob.put(
                                "/_matrix/client/v3/rooms/{roomId}/typing/{userId}",
                                room.id(),
                                bob.id(),
                                "{\"typing\":true,\"timeout\":10000}"))
                .isOk();
        var entry = joined(json(alice.syncSince(since)), room);
        assertThat(types(entry.path("ephemeral")))
                .containsExactlyInAnyOrder("m.receipt", "m.typing");
        assertThat(entry.toString()).contains(event).contains(bob.id());
    }

    @Test
    void keepsPrivateReceiptsPrivate(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var event = alice.say(room, "read me");
        var since = token(alice);
        var own = token(bob);
        assertThat(
                        bob.post(
                                "/_matrix/client/v3/rooms/{roomId}/receipt/m.read.private/{eventId}",
                                room.id(),
                                event,
                                "{}"))
                .isOk();
        assertThat(json(alice.syncSince(since)).toString()).doesNotContain("m.read.private");
        assertThat(joined(json(bob.syncSince(own)), room).toString()).contains("m.read.private");
    }

    @Test
    void countsWhatIsUnreadInTheAnswerThatBringsIt(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var since = token(bob);
        alice.say(room, "one");
        var last = alice.say(room, "two");
        alice.send(
                room,
                "m.room.message",
                Map.of(
                        "msgtype",
                        "m.text",
                        "body",
                        "you",
                        "m.mentions",
                        Map.of("user_ids", List.of(bob.id()))));
        bob.say(room, "my own does not count");
        var sync = json(bob.syncSince(since));
        var counts = joined(sync, room).path("unread_notifications");
        assertThat(counts.path("notification_count").intValue()).isEqualTo(3);
        assertThat(counts.path("highlight_count").intValue()).isEqualTo(1);
        bob.post(
                "/_matrix/client/v3/rooms/{roomId}/receipt/m.read/{eventId}",
                room.id(),
                last,
                "{}");
        var after = joined(json(bob.syncSince(next(sync))), room).path("unread_notifications");
        assertThat(after.path("notification_count").intValue()).isEqualTo(1);
        assertThat(after.path("highlight_count").intValue()).isEqualTo(1);
    }
}
