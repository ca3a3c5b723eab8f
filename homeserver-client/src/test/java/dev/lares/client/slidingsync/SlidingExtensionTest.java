package dev.lares.client.slidingsync;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@HomeserverTest
class SlidingExtensionTest {
    private static String asking(String extensions) {
        return "{\"lists\":{\"l\":{\"ranges\":[[0,9]],\"timeline_limit\":5}},\"extensions\":{%s}}"
                .formatted(extensions);
    }

    private static List<String> types(JsonNode events) {
        return events.valueStream().map(event -> event.path("type").stringValue()).toList();
    }

    private static void put(TestUser user, String type, Object content) {
        assertThat(
                        user.put(
                                "/_matrix/client/v3/user/{userId}/account_data/{type}",
                                user.id(),
                                type,
                                content))
                .isOk();
    }

    private static void put(TestUser user, TestRoom room, String type, Object content) {
        assertThat(
                        user.put(
                                "/_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}",
                                user.id(),
                                room.id(),
                                type,
                                content))
                .isOk();
    }

    private static void read(TestUser user, TestRoom room, String event) {
        assertThat(
                        user.post(
                                "/_matrix/client/v3/rooms/{roomId}/receipt/m.read/{eventId}",
                                room.id(),
                                event,
                                "{}"))
                .isOk();
    }

    @Test
    void tellsAccountDataOnceAndThenWhatChanges(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        put(alice, "org.example.global", Map.of("a", 1));
        put(alice, room, "org.example.room", Map.of("b", 1));
        var client = new Sliding(alice);
        var body = asking("\"account_data\":{\"enabled\":true}");
        var first = client.ask(body).path("extensions").path("account_data");
        assertThat(types(first.path("global"))).contains("org.example.global", "m.push_rules");
        assertThat(types(first.path("rooms").path(room.id()))).containsExactly("org.example.room");
        assertThat(client.ask(body).path("extensions").has("account_data")).isFalse();
        put(alice, room, "org.example.room", Map.of("b", 2));
        var second = client.ask(body);
        assertThat(second.path("rooms")).isEmpty();
        var told = second.path("extensions").path("account_data");
        assertThat(told.path("global")).isEmpty();
        assertThat(told.path("rooms").path(room.id()).path(0).path("content").path("b").intValue())
                .isEqualTo(2);
    }

    @Test
    void tellsWhatWasMissedWhileItWasNotAskedFor(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var client = new Sliding(alice);
        var body = asking("\"account_data\":{\"enabled\":true},\"receipts\":{\"enabled\":true}");
        client.ask(body);
        put(alice, room, "org.example.room", Map.of("b", 1));
        put(alice, "org.example.global", Map.of("a", 1));
        var event = alice.say(room, "one");
        read(alice, room, event);
        client.ask(asking(""));
        client.ask(asking(""));
        var later = client.ask(body).path("extensions");
        assertThat(types(later.path("account_data").path("global"))).contains("org.example.global");
        assertThat(types(later.path("account_data").path("rooms").path(room.id())))
                .containsExactly("org.example.room");
        assertThat(later.path("receipts").path("rooms").path(room.id()).path("content").has(event))
                .isTrue();
        assertThat(client.ask(body).path("extensions")).isEmpty();
    }

    @Test
    void tellsReceiptsOnWhatIsShownAndOnesOwn(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var old = alice.say(room, "old");
        read(alice, room, old);
        read(bob, room, old);
        for (int i = 0; i < 5; i++) {
            alice.say(room, "m" + i);
        }
        var shown = alice.say(room, "shown");
        var cal = server.register("cal");
        room.joinedBy(cal);
        read(cal, room, shown);
        var client = new Sliding(bob);
        var body = asking("\"receipts\":{\"enabled\":true,\"rooms\":[\"*\"]}");
        var first = client.ask(body).path("extensions").path("receipts").path("rooms");
        var content = first.path(room.id()).path("content");
        assertThat(first.path(room.id()).path("type").stringValue()).isEqualTo("m.receipt");
        assertThat(content.path(shown).path("m.read").has(cal.id())).isTrue();
        assertThat(content.path(old).path("m.read").has(bob.id())).isTrue();
        assertThat(content.path(old).path("m.read").has(alice.id())).isFalse();
        read(alice, room, shown);
        var second = client.ask(body);
        assertThat(
                        second.path("extensions")
                                .path("receipts")
                                .path("rooms")
                                .path(room.id())
                                .path("content")
                                .path(shown)
                                .path("m.read")
                                .propertyNames())
                .containsExactly(alice.id());
        assertThat(client.ask(body).path("extensions")).isEmpty();
    }

    @Test
    void tellsWhoIsTyping(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var client = new Sliding(bob);
        var body = asking("\"typing\":{\"enabled\":true}");
        assertThat(client.ask(body).path("extensions").has("typing")).isFalse();
        var path = "/_matrix/client/v3/rooms/{roomId}/typing/{userId}";
        alice.put(path, room.id(), alice.id(), Map.of("typing", true, "timeout", 60_000));
        var typing = client.ask(body).path("extensions").path("typing").path("rooms");
        assertThat(typing.path(room.id()).path("content").path("user_ids").path(0).stringValue())
                .isEqualTo(alice.id());
        alice.put(path, room.id(), alice.id(), Map.of("typing", false));
        var over = client.ask(body).path("extensions").path("typing").path("rooms");
        assertThat(over.path(room.id()).path("content").path("user_ids")).isEmpty();
        assertThat(over.has(room.id())).isTrue();
    }

    @Test
    void isLimitedToTheRoomsThatItNames(TestHomeserver server) {
        var alice = server.register("alice");
        var one = alice.createRoom();
        var other = alice.createRoom();
        put(alice, one, "org.example.room", Map.of());
        put(alice, other, "org.example.room", Map.of());
        var body =
                "{\"room_subscriptions\":{\"%s\":{\"timeline_limit\":1},\"%s\":{\"timeline_limit\":1}},"
                        + "\"extensions\":{\"account_data\":{\"enabled\":true,\"lists\":[],\"rooms\":[\"%s\"]}}}";
        var answer = new Sliding(alice).ask(body.formatted(one.id(), other.id(), one.id()));
        assertThat(answer.path("extensions").path("account_data").path("rooms").propertyNames())
                .containsExactly(one.id());
    }

    @Test
    void deliversMessagesToTheDeviceUntilItsTokenIsShown(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var client = new Sliding(alice);
        var body =
                "{\"conn_id\":\"encryption\",\"extensions\":{\"to_device\":{\"enabled\":true,\"limit\":2,\"since\":\"%s\"}}}";
        var first = client.ask(body.formatted("")).path("extensions").path("to_device");
        assertThat(first.path("events")).isEmpty();
        for (int i = 0; i < 3; i++) {
            assertThat(
                            bob.put(
                                    "/_matrix/client/v3/sendToDevice/org.example.ping/{txnId}",
                                    "t" + i,
                                    Map.of(
                                            "messages",
                                            Map.of(
                                                    alice.id(),
                                                    Map.of(alice.deviceId(), Map.of("n", i))))))
                    .isOk();
        }
        var since = first.path("next_batch").stringValue();
        var lost = client.copy(alice);
        assertThat(numbers(lost.ask(body.formatted(since)))).containsExactly(0, 1);
        // The answer was lost.
        var second = client.ask(body.formatted(since));
        assertThat(numbers(second)).containsExactly(0, 1);
        var next = second.path("extensions").path("to_device").path("next_batch").stringValue();
        // The rest comes although nothing happened since.
        var third = client.ask(body.formatted(next));
        assertThat(numbers(third)).containsExactly(2);
        var last = third.path("extensions").path("to_device").path("next_batch").stringValue();
        assertThat(numbers(client.ask(body.formatted(last)))).isEmpty();
        assertThat(client.response(body.formatted("nonsense"), 0))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        // What was acknowledged is gone, also for a connection that starts anew.
        assertThat(numbers(new Sliding(alice).ask(body.formatted("")))).isEmpty();
    }

    private static List<Integer> numbers(JsonNode answer) {
        return answer.path("extensions")
                .path("to_device")
                .path("events")
                .valueStream()
                .map(event -> event.path("content").path("n").intValue())
                .toList();
    }

    @Test
    void tellsThatAccountDataWasDeleted(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        put(alice, room, "org.example.room", Map.of("b", 1));
        var client = new Sliding(alice);
        var body = asking("\"account_data\":{\"enabled\":true}");
        client.ask(body);
        assertThat(
                        alice.delete(
                                "/_matrix/client/unstable/org.matrix.msc3391/user/{userId}/rooms/{roomId}/account_data/{type}",
                                alice.id(),
                                room.id(),
                                "org.example.room"))
                .isOk();
        client.ask(asking(""));
        var told = client.ask(body).path("extensions").path("account_data").path("rooms");
        assertThat(told.path(room.id()).path(0).path("content").isObject()).isTrue();
        assertThat(told.path(room.id()).path(0).path("content")).isEmpty();
    }

    @Test
    void tellsThatDevicesHaveNoKeys(TestHomeserver server) {
        var alice = server.register("alice");
        var body =
                "{\"conn_id\":\"encryption\",\"extensions\":{\"to_device\":{\"enabled\":true,\"limit\":10},\"e2ee\":{\"enabled\":true}}}";
        var extensions = new Sliding(alice).ask(body).path("extensions");
        assertThat(extensions.path("to_device").path("events")).isEmpty();
        assertThat(extensions.path("to_device").path("next_batch").stringValue()).isNotEmpty();
        assertThat(extensions.path("e2ee").path("device_one_time_keys_count").isObject()).isTrue();
        assertThat(extensions.path("e2ee").path("device_unused_fallback_key_types").isArray())
                .isTrue();
    }
}
