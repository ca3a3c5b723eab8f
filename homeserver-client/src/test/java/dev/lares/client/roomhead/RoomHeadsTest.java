package dev.lares.client.roomhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.id.RoomId;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.Position;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestRoom;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@HomeserverTest
class RoomHeadsTest {
    @Test
    void holdTheEndOfATimelineAndTheState(TestHomeserver server) throws Exception {
        var alice = server.register("alice");
        var room = alice.createRoom();
        for (int i = 0; i < 30; i++) {
            alice.say(room, "message " + i);
        }
        var head = head(server, room);
        assertThat(head.rows()).hasSize(RoomHead.ROWS);
        assertThat(head.reachesBackTo(Position.ZERO)).isFalse();
        assertThat(head.stateAt(head.upTo()).keySet().stream().map(key -> key.type()))
                .contains("m.room.create", "m.room.power_levels", "m.room.member");
    }

    @Test
    void goOnWithWhatComes(TestHomeserver server) throws Exception {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var before = head(server, room);
        for (int i = 0; i < 60; i++) {
            alice.sendState(room, "m.room.topic", "", Map.of("topic", "t" + i));
            if (i % 7 == 0) {
                head(server, room);
            }
        }
        var after = head(server, room);
        assertThat(after.built()).isEqualTo(before.built());
        assertThat(after.rows()).hasSizeBetween(RoomHead.ROWS, RoomHead.ROWS_MAX);
        assertThat(after.rows().getLast().place()).isNotEqualTo(before.rows().getLast().place());
        assertThat(before.reachesBackTo(Position.ZERO)).isTrue();
        assertThat(after.reachesBackTo(Position.ZERO)).isFalse();
    }

    @Test
    void areReadAnewWhereARedactionChangesWhatWasThere(TestHomeserver server) throws Exception {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var message = alice.say(room, "regrettable");
        var before = head(server, room);
        alice.put(
                "/_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}",
                room.id(),
                message,
                "r1",
                Map.of());
        var after = head(server, room);
        assertThat(after.built().isAfter(before.built())).isTrue();
        assertThat(texts(before)).anyMatch(text -> text.contains("regrettable"));
        assertThat(texts(after)).noneMatch(text -> text.contains("regrettable"));
    }

    @Test
    void areFoundByAReplicaAsTheyWereWritten(TestHomeserver server) throws Exception {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var root = alice.say(room, "root");
        alice.send(
                room,
                "m.room.message",
                Map.of(
                        "msgtype",
                        "m.text",
                        "body",
                        "in a thread",
                        "m.mentions",
                        Map.of("user_ids", List.of(bob.id())),
                        "m.relates_to",
                        Map.of("rel_type", "m.thread", "event_id", root)));
        var written = head(server, room);
        server.bean(RoomHeadWriter.class).writeAll();
        var replica = server.replica(List.of());
        try {
            var found = head(server, replica, room);
            assertThat(found.built()).isEqualTo(written.built());
            assertThat(HeadCodec.encode(found.reaching(written.upTo())))
                    .isEqualTo(HeadCodec.encode(written));
            alice.say(room, "later");
            var later = head(server, replica, room);
            assertThat(later.built()).isEqualTo(written.built());
            assertThat(texts(later).getLast()).contains("later");
        } finally {
            replica.stop();
        }
    }

    @Test
    void ofAnotherFormAreMadeAnew(TestHomeserver server) throws Exception {
        var alice = server.register("alice");
        var head = head(server, alice.createRoom());
        var bytes = HeadCodec.encode(head);
        bytes[0] = 99;
        assertThat(HeadCodec.decode(head.room(), bytes)).isEmpty();
    }

    private static List<String> texts(RoomHead head) {
        return head.rows().stream()
                .flatMap(row -> Stream.ofNullable(row.event()))
                .map(event -> new String(event.json().bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    private static RoomHead head(TestHomeserver server, TestRoom room) throws Exception {
        return head(server, server, room);
    }

    /// As new as what was sent to one server, from another.
    private static RoomHead head(TestHomeserver writer, TestHomeserver server, TestRoom room)
            throws Exception {
        var ref = server.bean(RoomRefs.class).find(new RoomId(room.id())).orElseThrow();
        var sent = writer.bean(AppliedPosition.class).current();
        var applied = server.bean(AppliedPosition.class);
        assertThat(applied.await(sent, Duration.ofSeconds(10))).isTrue();
        var heads = server.bean(RoomHeads.class).get(List.of(ref), applied.current());
        return Objects.requireNonNull(heads.get(ref.roomNid()));
    }
}
