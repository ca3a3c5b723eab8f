package dev.lares.core.append;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.domain.SigningKeys;
import dev.lares.core.event.EventDraft;
import dev.lares.core.event.PduParser;
import dev.lares.core.event.ReceivedEvent;
import dev.lares.core.event.ReceivedEvent.ServerKey;
import dev.lares.core.event.ReceivedEvent.ServerKeys;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What of a batch's events reaches the database, and memory.
@ExtendWith(TestDatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchSigningTest {
    private static final int MANY = 200;

    private LogNode node;

    @BeforeAll
    void start(TestDatabase database) {
        node = new LogNode(database);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = RoomVersion.class,
            names = {"V1", "V5", "V12"})
    void signsEachOfManyEventsOfOneItem(RoomVersion version) {
        var alice = node.user("alice_" + version.id());
        var room = Rooms.create(node, alice, version);
        var drafts = new ArrayList<EventDraft>();
        for (int i = 0; i < MANY; i++) {
            drafts.add(Rooms.message(alice, "message " + i));
        }
        var made = Rooms.append(node, room, drafts.toArray(EventDraft[]::new)).eventIds();
        assertThat(made).hasSize(MANY).doesNotHaveDuplicates();
        assertAllGenuine(room, version, MANY + 4);
    }

    @Test
    void signsWhatManyRequestsSendAtOnce() throws Exception {
        var alice = node.user("alice");
        var room = Rooms.create(node, alice, RoomVersion.V11);
        var sent = new ArrayList<EventId>();
        try (var requests = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = new ArrayList<Future<EventId>>();
            for (int i = 0; i < MANY; i++) {
                String body = "message " + i;
                waiting.add(requests.submit(() -> Rooms.send(node, room, alice, body)));
            }
            for (var one : waiting) {
                sent.add(one.get());
            }
        }
        assertThat(sent).doesNotHaveDuplicates();
        assertAllGenuine(room, RoomVersion.V11, MANY + 4);
    }

    @Test
    void leavesNoUnsignedEventInMemory() {
        var alice = node.user("alice");
        var room = Rooms.create(node, alice, RoomVersion.V11);
        Rooms.append(node, room, topic(alice, "one"), topic(alice, "two"), topic(alice, "three"));
        var memories = node.bean(RoomMemories.class);
        var remembered =
                nids(room).stream().flatMap(nid -> memories.findEvent(nid).stream()).toList();
        assertThat(remembered)
                .hasSize(7)
                .allSatisfy(event -> assertThat(event.json().tree().has("signatures")).isTrue());
    }

    /// An item of which the last event is refused leaves nothing, and the batch goes on.
    @Test
    void signsNothingOfARefusedItem() {
        var alice = node.user("alice");
        var mallory = node.user("mallory");
        var room = Rooms.create(node, alice, RoomVersion.V11);
        try (var requests = Executors.newVirtualThreadPerTaskExecutor()) {
            var refused =
                    requests.submit(() ->
                            Rooms.append(
                                    node,
                                    room,
                                    Rooms.message(alice, "x"),
                                    Rooms.message(mallory, "y")));
            var written = requests.submit(() -> Rooms.send(node, room, alice, "z"));
            assertThat(written).succeedsWithin(Rooms.DEADLINE);
            assertThat(refused).failsWithin(Rooms.DEADLINE);
        }
        assertAllGenuine(room, RoomVersion.V11, 5);
    }

    private static EventDraft topic(UserId sender, String topic) {
        return EventDraft.state(
                sender, "m.room.topic", "", Rooms.json("{\"topic\":\"%s\"}".formatted(topic)));
    }

    private record Body(String eventId, byte[] json) {}

    private void assertAllGenuine(RoomId room, RoomVersion version, int count) {
        var sql =
                """
                SELECT coalesce(r.legacy_id, encode(r.hash, 'base64')) AS event_id, e.json
                FROM room JOIN event e USING (room_nid) JOIN event_ref r USING (event_nid)
                WHERE room.room_id = :room ORDER BY e.event_nid
                """;
        var bodies =
                node.jdbc()
                        .sql(sql)
                        .param("room", room.value())
                        .query((row, _) -> new Body(row.getString(1), row.getBytes(2)))
                        .list();
        assertThat(bodies).hasSize(count);
        for (var body : bodies) {
            var pdu = PduParser.parse(Objects.requireNonNull(body.json()), version);
            assertThat(ReceivedEvent.check(pdu, keys())).isInstanceOf(ReceivedEvent.Genuine.class);
            assertThat(id(pdu.eventId())).isEqualTo(id(body.eventId()));
        }
    }

    private static String id(EventId eventId) {
        return id(eventId.value());
    }

    /// One spelling of what differs between the versions of rooms and of Base64.
    private static String id(String text) {
        return text.replaceFirst("^\\$", "")
                .replace('-', '+')
                .replace('_', '/')
                .replaceAll("[=\\s]", "");
    }

    private ServerKeys keys() {
        var signing = node.bean(SigningKeys.class);
        return (server, keyId) ->
                Optional.of(new ServerKey(signing.get(server).verifyKey(), Long.MAX_VALUE, false));
    }

    private List<Long> nids(RoomId room) {
        return node.jdbc()
                .sql(
                        """
                        SELECT e.event_nid FROM room JOIN event e USING (room_nid)
                        WHERE room.room_id = :room
                        """)
                .param("room", room.value())
                .query(Long.class)
                .list();
    }
}
