package dev.lares.core.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventDraft;
import dev.lares.core.id.RoomId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.StreamRow;
import dev.lares.core.log.TransactionKey;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(TestDatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AppendTest {
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
    @EnumSource(RoomVersion.class)
    void makesARoomInEveryVersion(RoomVersion version) {
        var alice = node.user("alice_" + version.id());
        var bob = node.user("bob_" + version.id());
        var room = Rooms.create(node, alice, version);

        var joined = Rooms.append(node, room, Rooms.member(bob, bob, "join"));
        var said = Rooms.append(node, room, Rooms.message(bob, "hello"));

        assertThat(said.position().value()).isEqualTo(joined.position().value() + 1);
        assertThat(node.applied().current()).isGreaterThanOrEqualTo(said.position());
        assertThat(timeline(room))
                .containsExactly(
                        "m.room.create 1 1",
                        "m.room.member 2 2",
                        "m.room.power_levels 3 3",
                        "m.room.join_rules 4 4",
                        "m.room.member 5 5",
                        "m.room.message 6 5");
    }

    @Test
    void chainsEventsAndCitesWhatAllowsThem() {
        var alice = node.user("alice");
        var room = Rooms.create(node, alice, RoomVersion.V11);
        var first = Rooms.send(node, room, alice, "one");
        var second = Rooms.send(node, room, alice, "two");

        var json = body(second.value().substring(1), room);
        assertThat(json.get("prev_events").get(0).stringValue()).isEqualTo(first.value());
        assertThat(json.get("auth_events")).hasSize(3);
        assertThat(json.get("signatures").get("lares.example")).isNotNull();
    }

    @Test
    void leavesNothingOfARefusedDraft() {
        var alice = node.user("alice");
        var mallory = node.user("mallory");
        var room = Rooms.create(node, alice, RoomVersion.V11);
        var before = timeline(room);

        assertThatThrownBy(() -> Rooms.append(node, room, Rooms.message(mallory, "let me in")))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        refusal -> {
                            assertThat(refusal.code().name()).isEqualTo("M_FORBIDDEN");
                            assertThat(refusal.status()).isEqualTo(403);
                        });
        assertThat(timeline(room)).isEqualTo(before);
        assertThat(count("event", room)).isEqualTo(before.size());
        assertThat(count("event_ref", room)).isEqualTo(before.size());
    }

    @Test
    void leavesNothingOfAnItemWhoseLastDraftIsRefused() {
        var alice = node.user("alice");
        var bob = node.user("bob");
        var mallory = node.user("mallory");
        var room = Rooms.create(node, alice, RoomVersion.V11);
        var before = timeline(room);

        assertThatThrownBy(() ->
                        Rooms.append(
                                node,
                                room,
                                Rooms.member(bob, bob, "join"),
                                Rooms.message(mallory, "x")))
                .isInstanceOf(MatrixException.class);
        assertThat(timeline(room)).isEqualTo(before);
        assertThat(stateSize(room)).isEqualTo(4);
        // Memory has not learnt of the join either.
        assertThatThrownBy(() -> Rooms.append(node, room, Rooms.message(bob, "y")))
                .isInstanceOf(MatrixException.class);
    }

    @Test
    void answersARepeatedTransactionWithTheFirstAnswer() {
        var alice = node.user("alice");
        var room = Rooms.create(node, alice, RoomVersion.V11);
        var key = new TransactionKey(node.userNid(alice), "DEVICE", "send " + room.value(), "1");
        var first =
                node.writer()
                        .append(Rooms.item(room, key, Rooms.message(alice, "a")), Rooms.DEADLINE);
        var second =
                node.writer()
                        .append(Rooms.item(room, key, Rooms.message(alice, "b")), Rooms.DEADLINE);
        assertThat(first.repeated()).isFalse();
        assertThat(second.repeated()).isTrue();
        assertThat(second.eventIds()).isEqualTo(first.eventIds());
        assertThat(timeline(room)).hasSize(5);
    }

    @Test
    void refusesAnUnknownRoom() {
        var alice = node.user("alice");
        assertThatThrownBy(() ->
                        Rooms.append(
                                node,
                                new RoomId("!nowhere:lares.example"),
                                Rooms.message(alice, "x")))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        refusal -> assertThat(refusal.code().name()).isEqualTo("M_NOT_FOUND"));
    }

    @Test
    void refusesAnEventThatIsTooLarge() {
        var alice = node.user("alice");
        var room = Rooms.create(node, alice, RoomVersion.V11);
        assertThatThrownBy(() -> Rooms.append(node, room, Rooms.message(alice, "x".repeat(70_000))))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        refusal -> assertThat(refusal.code().name()).isEqualTo("M_TOO_LARGE"));
        assertThat(timeline(room)).hasSize(4);
    }

    @Test
    void refusesTextThatTheDatabaseCannotStore() {
        var alice = node.user("alice");
        var room = Rooms.create(node, alice, RoomVersion.V11);
        for (var draft :
                List.of(
                        EventDraft.message(alice, "m.\0room", Rooms.json("{}")),
                        EventDraft.state(alice, "m.room.topic", "\0", Rooms.json("{}")))) {
            assertThatThrownBy(() -> Rooms.append(node, room, draft))
                    .isInstanceOfSatisfying(
                            MatrixException.class,
                            refusal -> assertThat(refusal.code().name()).isEqualTo("M_BAD_JSON"));
        }
        assertThat(timeline(room)).hasSize(4);
        // In content it is text like any other.
        Rooms.append(
                node,
                room,
                EventDraft.message(alice, "m.room.message", Rooms.json("{\"body\":\"\\u0000\"}")));
        assertThat(timeline(room)).hasSize(5);
    }

    @Test
    void notesForWhomAnEventIsMoreThanForTheOthers() {
        var alice = node.user("alice");
        var bob = node.user("bob");
        var room = Rooms.create(node, alice, RoomVersion.V11);
        Rooms.append(node, room, Rooms.member(bob, bob, "join"));
        Rooms.append(
                node,
                room,
                EventDraft.message(
                        alice,
                        "m.room.message",
                        Rooms.json(
                                """
                                {"msgtype":"m.text","body":"hi","m.mentions":{"user_ids":
                                  ["@bob:lares.example","@nobody:lares.example","@x:elsewhere.example","?"]}}
                                """)));
        var sql =
                """
                SELECT p.user_nid || ' ' || p.notify || ' ' || p.highlight || ' ' || p.root_nid
                FROM push_exception p JOIN room r USING (room_nid) WHERE r.room_id = :room
                """;
        assertThat(node.jdbc().sql(sql).param("room", room.value()).query(String.class).list())
                .containsExactly(node.userNid(bob) + " 0 1 0");
    }

    @Test
    void writesRowsOfOtherStreamsAtPositionsOfTheirOwn() {
        var alice = node.user("alice");
        var row = Rooms.json("{\"type\":\"m.direct\",\"content\":\"{}\"}");
        row.put("user_nid", node.userNid(alice));
        row.put("room_nid", 0);
        var result =
                node.writer()
                        .append(
                                new AppendItem(
                                        Optional.empty(),
                                        List.of(),
                                        List.of(
                                                new StreamRow(
                                                        "account_data",
                                                        node.userNid(alice),
                                                        0,
                                                        row)),
                                        Optional.empty()),
                                Rooms.DEADLINE);
        assertThat(
                        node.jdbc()
                                .sql("SELECT pos FROM account_data WHERE user_nid = :nid")
                                .param("nid", node.userNid(alice))
                                .query(Long.class)
                                .single())
                .isEqualTo(result.position().value());
    }

    @Test
    void countsWhatNotifiesByRoomAndByThread() {
        var alice = node.user("alice");
        var room = Rooms.create(node, alice, RoomVersion.V11);
        var root = Rooms.send(node, room, alice, "root");
        for (int i = 0; i < 2; i++) {
            Rooms.append(
                    node,
                    room,
                    EventDraft.message(
                            alice,
                            "m.room.message",
                            Rooms.json(
                                    """
                                    {"msgtype":"m.text","body":"x","m.relates_to":
                                      {"rel_type":"m.thread","event_id":"%s"}}
                                    """
                                            .formatted(root.value()))));
        }
        var counts =
                node.jdbc()
                        .sql(
                                """
                                SELECT array_agg(t.notif_seq ORDER BY t.pos)::text || ' '
                                    || (SELECT array_agg(h.notif_seq ORDER BY h.pos)::text
                                        FROM timeline_thread h WHERE h.room_nid = t.room_nid)
                                FROM timeline t JOIN room r USING (room_nid)
                                WHERE r.room_id = :room GROUP BY t.room_nid
                                """)
                        .param("room", room.value())
                        .query(String.class)
                        .single();
        assertThat(counts).isEqualTo("{0,0,0,0,1,2,3} {1,2}");
    }

    private List<String> timeline(RoomId room) {
        return node.jdbc()
                .sql(
                        """
                        SELECT e.type || ' ' || t.depth || ' ' || t.main_ver
                        FROM timeline t JOIN event e USING (room_nid, event_nid)
                        JOIN room r USING (room_nid) WHERE r.room_id = :room ORDER BY t.pos
                        """)
                .param("room", room.value())
                .query(String.class)
                .list();
    }

    private int count(String table, RoomId room) {
        return node.jdbc()
                .sql(
                        "SELECT count(*) FROM %s JOIN room USING (room_nid) WHERE room_id = :room"
                                .formatted(table))
                .param("room", room.value())
                .query(Integer.class)
                .single();
    }

    private int stateSize(RoomId room) {
        return count("room_state", room);
    }

    private tools.jackson.databind.JsonNode body(String hash, RoomId room) {
        return Rooms.json(
                node.jdbc()
                        .sql(
                                """
                                SELECT convert_from(e.json, 'UTF8') FROM event e
                                JOIN event_ref f USING (event_nid)
                                JOIN room r ON r.room_nid = e.room_nid
                                WHERE r.room_id = :room
                                  AND rtrim(translate(encode(f.hash, 'base64'), '+/', '-_'), '=') = :hash
                                """)
                        .param("room", room.value())
                        .param("hash", hash)
                        .query(String.class)
                        .single());
    }
}
