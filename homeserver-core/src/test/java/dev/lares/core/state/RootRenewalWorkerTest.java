package dev.lares.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lares.core.event.EventDraft;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.AppendItem.TargetRoom;
import dev.lares.core.log.LostLeaseException;
import dev.lares.core.log.Position;
import dev.lares.core.log.TestLeases;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Roots are renewed without anybody asking, on replicas of the real event layer.
@ExtendWith(TestDatabaseExtension.class)
class RootRenewalWorkerTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String LEASE = "reader:state.renewal";
    private static final int DRAFTS = 250;

    private final JdbcClient jdbc;

    RootRenewalWorkerTest(TestDatabase database) {
        jdbc = JdbcClient.create(database.dataSource());
    }

    @Test
    void copiesARoomThatHasGrownOldOnceAmongTwoReplicas(TestDatabase database) {
        try (var one = new LogNode(database);
                var two = new LogNode(database)) {
            var alice = one.user("alice");
            var young = create(one, alice);
            var old = create(one, alice);
            grow(List.of(one, two), old, alice, LineLimits.DEFAULT.renewalMin() - 100);
            assertThat(roots(old)).isOne();
            var before = answers(one, old);
            change(two, old, alice, IntStream.range(0, 120).boxed().toList());
            await().atMost(DEADLINE).until(() -> roots(old) == 2);

            assertThat(answers(one, old)).containsAllEntriesOf(before);
            assertThat(answers(two, old)).isEqualTo(answers(one, old));
            assertThat(checkLines(one, old)).isEmpty();
            // It goes on from both, behind the new root.
            change(one, old, alice, List.of(1));
            change(two, old, alice, List.of(2));
            assertThat(checkLines(two, old)).isEmpty();
            assertThat(mainLine(old)).isEqualTo(2);
            assertThat(roots(old)).isEqualTo(2);
            assertThat(roots(young)).isOne();
            await().atMost(DEADLINE).until(() -> renewals(one) + renewals(two) == 1);
        }
    }

    @Test
    void finishesWhatADeadHolderBeganAndRefusesItWhenItComesBack(TestDatabase database) {
        var dead = TestLeases.on(jdbc).tryAcquire(LEASE).orElseThrow();
        jdbc.sql("UPDATE lease SET until_ts = now() + interval '1 hour'").update();
        try (var node = new LogNode(database)) {
            var alice = node.user("alice");
            var room = create(node, alice);
            long nid = nid(room);
            grow(List.of(node), room, alice, LineLimits.DEFAULT.renewalMin());
            var service = node.bean(RootService.class);
            var tip = node.bean(MainLines.class).tips(List.of(nid)).get(nid);
            int begun = service.prepareCopy(nid, dead);
            service.copyKeys(nid, tip.ref(), begun, 0, dead);
            var before = answers(node, room);
            assertThat(roots(room)).isOne();
            jdbc.sql("UPDATE lease SET until_ts = now() - interval '1 s'").update();
            await().atMost(DEADLINE).until(() -> roots(room) == 2);

            assertThat(answers(node, room)).isEqualTo(before);
            assertThat(checkLines(node, room)).isEmpty();
            assertLost(() -> service.copyKeys(nid, tip.ref(), begun, 0, dead));
            assertLost(() -> service.startCopy(nid, tip, begun, dead));
            assertLost(() -> service.prepareCopy(nid, dead));
            assertLost(() -> service.dropEntries(nid, begun, dead));
            assertLost(() -> service.dropLine(nid, begun, dead));
            assertThat(answers(node, room)).isEqualTo(before);
            assertThat(checkLines(node, room)).isEmpty();
            var lines = "SELECT count(*) FROM state_line WHERE room_nid = ?";
            assertThat(jdbc.sql(lines).param(nid).query(Integer.class).single()).isEqualTo(2);
        }
    }

    private static void assertLost(ThrowingCallable write) {
        assertThatThrownBy(write).isInstanceOf(LostLeaseException.class);
    }

    private static RoomId create(LogNode node, UserId creator) {
        var item =
                new AppendItem(
                        Optional.of(new TargetRoom.New(RoomVersion.V11, creator.serverName())),
                        List.of(
                                EventDraft.state(
                                        creator,
                                        "m.room.create",
                                        "",
                                        json("{\"room_version\":\"11\"}")),
                                EventDraft.state(
                                        creator,
                                        "m.room.member",
                                        creator.value(),
                                        json("{\"membership\":\"join\"}"))),
                        List.of(),
                        Optional.empty());
        return node.writer().append(item, DEADLINE).roomId().orElseThrow();
    }

    /// So many changes of its topic, from all replicas in turn.
    private static void grow(List<LogNode> nodes, RoomId room, UserId sender, int changes) {
        for (int begun = 0; begun < changes; begun += DRAFTS) {
            var node = nodes.get(begun / DRAFTS % nodes.size());
            int end = Math.min(begun + DRAFTS, changes);
            change(node, room, sender, IntStream.range(begun, end).boxed().toList());
        }
    }

    private static void change(LogNode node, RoomId room, UserId sender, List<Integer> topics) {
        var drafts =
                topics.stream()
                        .map(topic ->
                                EventDraft.state(
                                        sender,
                                        "m.room.topic",
                                        "",
                                        json("{\"topic\":\"%d\"}".formatted(topic))))
                        .toList();
        var item =
                new AppendItem(
                        Optional.of(new TargetRoom.Existing(room)),
                        drafts,
                        List.of(),
                        Optional.empty());
        node.writer().append(item, DEADLINE);
    }

    /// What readers are told of the room: the state at many positions, and what changed since.
    private SortedMap<Long, Set<StateEntry>> answers(LogNode node, RoomId room) {
        var reader = node.bean(StateReader.class);
        long nid = nid(room);
        var head = node.applied().current();
        var answers = new TreeMap<Long, Set<StateEntry>>();
        for (var position : positions(room)) {
            var at = new Position(position);
            var states = reader.stateAt(List.of(nid), at, StateSelection.whole());
            answers.put(position, new HashSet<>(states.getOrDefault(nid, List.of())));
        }
        assertThat(answers).hasSizeGreaterThan(50);
        var newest =
                reader.stateAt(List.of(nid), head, StateSelection.whole())
                        .getOrDefault(nid, List.of());
        var window = new StateWindow(nid, Position.ZERO, head);
        assertThat(reader.delta(List.of(window), StateSelection.whole()).get(nid))
                .containsExactlyInAnyOrderElementsOf(newest);
        assertThat(reader.current(List.of(nid), StateSelection.whole()).get(nid))
                .containsExactlyInAnyOrderElementsOf(newest);
        return answers;
    }

    private List<Long> positions(RoomId room) {
        var sql =
                """
                SELECT pos FROM timeline WHERE room_nid = :room AND pos % 50 = 0 ORDER BY pos
                """;
        return jdbc.sql(sql).param("room", nid(room)).query(Long.class).list();
    }

    private List<StateFinding> checkLines(LogNode node, RoomId room) {
        return node.bean(StateCheck.class).checkLines(nid(room));
    }

    private static long renewals(LogNode node) {
        return node.bean(MeterRegistry.class).get("lares.state.renewal").timer().count();
    }

    private long nid(RoomId room) {
        return jdbc.sql("SELECT room_nid FROM room WHERE room_id = :room")
                .param("room", room.value())
                .query(Long.class)
                .single();
    }

    private int roots(RoomId room) {
        var sql = "SELECT count(*) FROM state_line WHERE room_nid = :room AND from_pos IS NOT NULL";
        return jdbc.sql(sql).param("room", nid(room)).query(Integer.class).single();
    }

    private int mainLine(RoomId room) {
        var sql =
                """
                SELECT line FROM state_line WHERE room_nid = :room AND from_pos IS NOT NULL
                ORDER BY from_pos DESC LIMIT 1
                """;
        return jdbc.sql(sql).param("room", nid(room)).query(Integer.class).single();
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }
}
