package dev.lares.client.sync;

import static dev.lares.client.sync.Synced.joined;
import static dev.lares.client.sync.Synced.json;
import static dev.lares.client.sync.Synced.next;
import static dev.lares.client.sync.Synced.types;
import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What is redacted is no longer unread, from the very answer on that brings the redaction.
@HomeserverTest
class UnreadRedactionTest {
    private static final AtomicLong TRANSACTIONS = new AtomicLong();
    private static final String BY_THREAD =
            "{\"room\":{\"timeline\":{\"unread_thread_notifications\":true}}}";

    @Test
    void takesAMessageFromTheCountInTheAnswerThatBringsIt(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        alice.say(room, "stays");
        var regretted = alice.say(room, "goes");
        var before = json(bob.sync());
        assertThat(counts(joined(before, room))).isEqualTo("2/0");
        redact(alice, room, regretted);
        var entry = joined(json(bob.syncSince(next(before))), room);
        assertThat(types(entry.path("timeline"))).containsExactly("m.room.redaction");
        assertThat(counts(entry)).isEqualTo("1/0");
        assertThat(counts(joined(json(bob.sync()), room))).isEqualTo("1/0");
        // An answer that ends before the redaction is still the same.
        assertThat(counts(joined(before, room))).isEqualTo("2/0");
    }

    @Test
    void takesAMentionFromTheHighlights(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var you = mention(alice, room, Map.of("user_ids", List.of(bob.id())));
        var all = mention(alice, room, Map.of("room", true));
        assertThat(unread(bob, room)).isEqualTo("2/2");
        redact(alice, room, you);
        assertThat(unread(bob, room)).isEqualTo("1/1");
        redact(alice, room, all);
        assertThat(unread(bob, room)).isEqualTo("0/0");
    }

    @Test
    void countsEachRedactedMessageOnceHoweverOftenItIsRedacted(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        alice.say(room, "stays");
        var regretted = alice.say(room, "goes");
        redact(alice, room, regretted);
        redact(alice, room, regretted);
        assertThat(unread(bob, room)).isEqualTo("1/0");
    }

    @Test
    void changesNothingForWhatIsRead(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var read = alice.say(room, "read");
        var last = alice.say(room, "read as well");
        assertThat(receipt(bob, room, last, Map.of())).isEqualTo(200);
        var unread = alice.say(room, "unread");
        redact(alice, room, read);
        redact(alice, room, last);
        assertThat(unread(bob, room)).isEqualTo("1/0");
        redact(alice, room, unread);
        assertThat(unread(bob, room)).isEqualTo("0/0");
        assertThat(receipt(bob, room, unread, Map.of())).isEqualTo(200);
        alice.say(room, "new");
        assertThat(unread(bob, room)).isEqualTo("1/0");
    }

    @Test
    void changesNothingForTheSender(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        alice.say(room, "by alice");
        var own = bob.say(room, "by bob");
        var all = mention(alice, room, Map.of("room", true));
        assertThat(unread(alice, room)).isEqualTo("1/0");
        redact(alice, room, own);
        assertThat(unread(bob, room)).isEqualTo("2/1");
        assertThat(unread(alice, room)).isEqualTo("0/0");
        redact(alice, room, all);
        assertThat(unread(alice, room)).isEqualTo("0/0");
        assertThat(unread(bob, room)).isEqualTo("1/0");
    }

    @Test
    void takesAReplyFromItsThread(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var root = alice.say(room, "root");
        var first = reply(alice, room, root, Map.of());
        var second = reply(alice, room, root, Map.of("user_ids", List.of(bob.id())));
        assertThat(byThread(bob, room, root)).isEqualTo("1/0 2/1");
        redact(alice, room, second);
        assertThat(byThread(bob, room, root)).isEqualTo("1/0 1/0");
        assertThat(unread(bob, room)).isEqualTo("2/0");
        assertThat(receipt(bob, room, first, Map.of("thread_id", root))).isEqualTo(200);
        assertThat(byThread(bob, room, root)).isEqualTo("1/0 -");
        redact(alice, room, root);
        assertThat(byThread(bob, room, root)).isEqualTo("0/0 -");
        reply(alice, room, root, Map.of());
        assertThat(byThread(bob, room, root)).isEqualTo("0/0 1/0");
    }

    private static String mention(TestUser who, TestRoom room, Map<String, ?> mentions) {
        return who.send(
                room,
                "m.room.message",
                Map.of("msgtype", "m.text", "body", "hear", "m.mentions", mentions));
    }

    private static String reply(TestUser who, TestRoom room, String root, Map<String, ?> mentions) {
        var relates = Map.of("rel_type", "m.thread", "event_id", root);
        return who.send(
                room,
                "m.room.message",
                Map.of(
                        "msgtype",
                        "m.text",
                        "body",
                        "reply",
                        "m.mentions",
                        mentions,
                        "m.relates_to",
                        relates));
    }

    private static void redact(TestUser who, TestRoom room, String eventId) {
        assertThat(
                        who.put(
                                "/_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}",
                                room.id(),
                                eventId,
                                "redact" + TRANSACTIONS.incrementAndGet(),
                                "{}"))
                .isOk();
    }

    private static int receipt(TestUser who, TestRoom room, String eventId, Map<String, ?> body) {
        return who.post(
                        "/_matrix/client/v3/rooms/{roomId}/receipt/m.read/{eventId}",
                        room.id(),
                        eventId,
                        body)
                .status();
    }

    private static String unread(TestUser who, TestRoom room) {
        return counts(joined(json(who.sync()), room));
    }

    private static String byThread(TestUser who, TestRoom room, String root) {
        var answer = who.get("/_matrix/client/v3/sync?filter={filter}", BY_THREAD);
        var entry = joined(json(answer), room);
        var thread = entry.path("unread_thread_notifications").path(root);
        return counts(entry) + " " + (thread.isMissingNode() ? "-" : count(thread));
    }

    /// Notifications and highlights.
    private static String counts(JsonNode entry) {
        return count(entry.path("unread_notifications"));
    }

    private static String count(JsonNode counts) {
        return counts.path("notification_count").intValue()
                + "/"
                + counts.path("highlight_count").intValue();
    }
}
