package dev.lares.client.relations;

import static dev.lares.client.relations.Talk.bundle;
import static dev.lares.client.relations.Talk.edit;
import static dev.lares.client.relations.Talk.event;
import static dev.lares.client.relations.Talk.ignore;
import static dev.lares.client.relations.Talk.redact;
import static dev.lares.client.relations.Talk.relate;
import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Bundled aggregations.
@HomeserverTest
class BundleTest {
    private static String editOf(TestUser user, TestRoom room, String eventId) {
        return bundle(user, room, eventId).path("m.replace").path("event_id").asString("none");
    }

    private static JsonNode threadOf(TestUser user, TestRoom room, String eventId) {
        return bundle(user, room, eventId).path("m.thread");
    }

    /// What the timeline of a sync has of an event.
    private static JsonNode synced(JsonNode sync, TestRoom room, String eventId) {
        for (var event :
                sync.path("rooms").path("join").path(room.id()).path("timeline").path("events")) {
            if (event.path("event_id").asString("").equals(eventId)) {
                return event.path("unsigned").path("m.relations");
            }
        }
        throw new AssertionError(eventId + " is not in " + sync);
    }

    @Test
    void hasTheNewestEdit(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var message = alice.say(room, "one");
        assertThat(bundle(alice, room, message).isMissingNode()).isTrue();
        edit(alice, room, message, "two");
        var last = edit(alice, room, message, "three");
        assertThat(event(alice, room, message))
                .hasJson("/content/body", "\"one\"")
                .hasJson("/unsigned/m.relations/m.replace/event_id", "\"" + last + "\"")
                .hasJson("/unsigned/m.relations/m.replace/room_id", "\"" + room.id() + "\"")
                .hasJson("/unsigned/m.relations/m.replace/content/m.new_content/body", "\"three\"");
        redact(alice, room, last);
        assertThat(bundle(alice, room, message).path("m.replace").path("content").path("body"))
                .hasToString("\"* two\"");
    }

    @Test
    void leavesOutWhatIsNoEdit(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var message = alice.say(room, "one");
        var good = edit(alice, room, message, "two");
        edit(bob, room, message, "by another user");
        edit(alice, room, good, "of an edit");
        relate(alice, room, "m.replace", message); // without new content
        alice.send(
                room,
                "m.sticker",
                """
                {"body":"another type","m.new_content":{},
                 "m.relates_to":{"rel_type":"m.replace","event_id":"%s"}}
                """
                        .formatted(message));
        alice.sendState(
                room,
                "m.room.message",
                "",
                """
                {"body":"state","m.new_content":{},
                 "m.relates_to":{"rel_type":"m.replace","event_id":"%s"}}
                """
                        .formatted(message));
        assertThat(editOf(alice, room, message)).isEqualTo(good);
        assertThat(editOf(alice, room, good)).isEqualTo("none");
    }

    @Test
    void hasEncryptedEdits(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var message =
                alice.send(room, "m.room.encrypted", "{\"algorithm\":\"x\",\"ciphertext\":\"x\"}");
        var edited =
                alice.send(
                        room,
                        "m.room.encrypted",
                        """
                        {"algorithm":"x","ciphertext":"y",
                         "m.relates_to":{"rel_type":"m.replace","event_id":"%s"}}
                        """
                                .formatted(message));
        assertThat(editOf(alice, room, message)).isEqualTo(edited);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "10", "12"})
    void hasNoEditWhereTheEventIsRedacted(String version, TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom("{\"room_version\":\"%s\"}".formatted(version));
        var message = alice.say(room, "one");
        var edited = edit(alice, room, message, "two");
        var reference = relate(alice, room, "m.reference", message);
        assertThat(editOf(alice, room, message)).isEqualTo(edited);
        redact(alice, room, message);
        assertThat(event(alice, room, message))
                .hasJson(
                        "/unsigned/m.relations",
                        "{\"m.reference\":{\"chunk\":[{\"event_id\":\"%s\"}]}}"
                                .formatted(reference));
    }

    @Test
    void sumsUpAThread(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        var room = alice.createRoom().joinedBy(bob, carol);
        var root = alice.say(room, "root");
        var first = relate(bob, room, "m.thread", root);
        var second = relate(bob, room, "m.thread", root);
        var edited = edit(bob, room, second, "better");
        var thread = threadOf(carol, room, root);
        assertThat(thread.path("count").intValue()).isEqualTo(2);
        assertThat(thread.path("current_user_participated").booleanValue()).isFalse();
        assertThat(thread.path("latest_event").path("event_id").stringValue()).isEqualTo(second);
        assertThat(
                        thread.path("latest_event")
                                .path("unsigned")
                                .path("m.relations")
                                .path("m.replace")
                                .path("event_id")
                                .stringValue())
                .isEqualTo(edited);
        assertThat(threadOf(alice, room, root).path("current_user_participated").booleanValue())
                .isTrue();
        assertThat(threadOf(bob, room, root).path("current_user_participated").booleanValue())
                .isTrue();
        redact(bob, room, second);
        var shorter = threadOf(carol, room, root);
        assertThat(shorter.path("count").intValue()).isEqualTo(1);
        assertThat(shorter.path("latest_event").path("event_id").stringValue()).isEqualTo(first);
        redact(bob, room, first);
        assertThat(threadOf(bob, room, root).isMissingNode()).isTrue();
    }

    @Test
    void startsNoThreadOffARelation(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var root = alice.say(room, "root");
        var reply = relate(alice, room, "m.thread", root);
        var content =
                """
                {"msgtype":"m.text","body":"x",
                 "m.relates_to":{"rel_type":"m.thread","event_id":"%s"}}
                """
                        .formatted(reply);
        assertThat(
                        alice.put(
                                "/_matrix/client/v3/rooms/{r}/send/m.room.message/nested",
                                room.id(),
                                content))
                .hasStatus(400)
                .hasErrcode("M_UNKNOWN");
        assertThat(threadOf(alice, room, root).path("count").intValue()).isEqualTo(1);
    }

    @Test
    void leavesOutWhomTheUserIgnores(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        var room = alice.createRoom().joinedBy(bob, carol);
        var root = alice.say(room, "root");
        var carols = relate(carol, room, "m.thread", root);
        relate(bob, room, "m.thread", root);
        relate(bob, room, "m.reference", root);
        ignore(alice, bob);
        var bundle = bundle(alice, room, root);
        assertThat(bundle.path("m.thread").path("count").intValue()).isEqualTo(1);
        assertThat(bundle.path("m.thread").path("latest_event").path("event_id").stringValue())
                .isEqualTo(carols);
        assertThat(bundle.has("m.reference")).isFalse();
        assertThat(
                        synced(alice.sync().json(), room, root)
                                .path("m.thread")
                                .path("count")
                                .intValue())
                .isEqualTo(1);
        assertThat(bundle(carol, room, root).path("m.thread").path("count").intValue())
                .isEqualTo(2);
    }

    @Test
    void comesWithEveryPageAndWithSyncs(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var before = bob.sync().string("/next_batch");
        var root = alice.say(room, "root");
        var reply = relate(bob, room, "m.thread", root);
        var incremental = bob.syncSince(before);
        assertThat(incremental).isOk();
        assertThat(latest(synced(incremental.json(), room, root))).isEqualTo(reply);
        var since = incremental.string("/next_batch");

        var edited = edit(alice, room, root, "better");
        var limited =
                bob.get(
                        "/_matrix/client/v3/sync?timeout=0&since={s}&filter={f}",
                        before,
                        "{\"room\":{\"timeline\":{\"limit\":3}}}");
        for (var told :
                new JsonNode[] {
                    synced(bob.sync().json(), room, root),
                    synced(limited.json(), room, root),
                    synced(bob.syncSince(before).json(), room, root),
                    bundle(bob, room, root),
                    relations(
                            bob.get("/_matrix/client/v3/rooms/{r}/messages?dir=b", room.id()),
                            root),
                    bob.get("/_matrix/client/v3/rooms/{r}/context/{e}", room.id(), root)
                            .json("/event/unsigned/m.relations"),
                    relations(bob.get("/_matrix/client/v1/rooms/{r}/threads", room.id()), root),
                }) {
            assertThat(latest(told)).isEqualTo(reply);
            assertThat(told.path("m.thread").path("current_user_participated").booleanValue())
                    .isTrue();
            assertThat(told.path("m.replace").path("event_id").stringValue()).isEqualTo(edited);
        }
        // The client has the root, and gets the edit by itself.
        var next = bob.syncSince(since).json();
        assertThat(next.path("rooms").path("join").path(room.id()).path("timeline").path("events"))
                .hasSize(1);
    }

    private static String latest(JsonNode relations) {
        return relations.path("m.thread").path("latest_event").path("event_id").asString("none");
    }

    private static JsonNode relations(TestResponse page, String eventId) {
        for (var event : page.json("/chunk")) {
            if (event.path("event_id").stringValue().equals(eventId)) {
                return event.path("unsigned").path("m.relations");
            }
        }
        throw new AssertionError(eventId + " is not in " + page.text());
    }

    @Test
    void tellsALeftUserNothingLater(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var root = alice.say(room, "root");
        var reply = relate(alice, room, "m.thread", root);
        bob.leave(room);
        relate(alice, room, "m.thread", root);
        edit(alice, room, root, "secret");
        var bundle = bundle(bob, room, root);
        assertThat(latest(bundle)).isEqualTo(reply);
        assertThat(bundle.path("m.thread").path("count").intValue()).isEqualTo(1);
        assertThat(bundle.has("m.replace")).isFalse();
    }

    @Test
    void hidesFromLaterMembersWhatCameBefore(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        var root = alice.say(room, "root");
        alice.sendState(
                room, "m.room.history_visibility", "", "{\"history_visibility\":\"joined\"}");
        edit(alice, room, root, "secret");
        alice.sendState(
                room, "m.room.history_visibility", "", "{\"history_visibility\":\"shared\"}");
        bob.join(room);
        assertThat(bundle(bob, room, root).isMissingNode()).isTrue();
        assertThat(synced(bob.sync().json(), room, root).isMissingNode()).isTrue();
        assertThat(synced(alice.sync().json(), room, root).has("m.replace")).isTrue();
    }
}
