package dev.lares.core.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lares.core.error.MatrixException;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.state.StateReader;
import dev.lares.core.state.StateSelection;
import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The order lock is held by a session that is none of ours and sleeps: nobody can write, as when a
/// commit stalls.
@ExtendWith(TestDatabaseExtension.class)
class OrderLockTest {
    private static final Duration STALL = Duration.ofMillis(1_500);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private Connection foreign;
    private LogNode node;
    private UserId alice;
    private RoomId room;

    @BeforeEach
    void start(TestDatabase database) throws SQLException {
        node = new LogNode(database, Map.of("lares.writer.stall-after", STALL.toMillis() + "ms"));
        alice = node.user("alice");
        room = Rooms.create(node, alice, RoomVersion.V11);
        foreign = database.dataSource().getConnection();
    }

    @AfterEach
    void stop() throws SQLException {
        foreign.close();
        executor.close();
        node.close();
    }

    @Test
    void heldElsewhereTurnsReadinessRedWhileReadsGoOn() throws Exception {
        assertThat(problem()).isEmpty();
        take();
        var sent = send("waits", PATIENCE);
        await().atMost(PATIENCE).until(() -> !problem().isEmpty());
        assertThat(problem()).startsWith("Nothing could be written for");

        long nid = node.bean(RoomRefs.class).get(room).roomNid();
        var reader = node.bean(StateReader.class);
        assertThat(reader.current(List.of(nid), StateSelection.whole()).get(nid)).hasSize(4);
        assertThat(
                        reader.stateAt(
                                        List.of(nid),
                                        node.applied().current(),
                                        StateSelection.whole())
                                .get(nid))
                .hasSize(4);
        assertThat(sent.isDone()).isFalse();

        give();
        sent.get(20, TimeUnit.SECONDS);
        await().atMost(PATIENCE).until(() -> problem().isEmpty());
        assertThat(bodies()).containsExactly("waits");
    }

    @Test
    void heldElsewhereLetsEachSendWaitToItsOwnDeadline() throws Exception {
        take();
        var patient = send("patient", PATIENCE);
        var late = new ArrayList<Future<EventId>>();
        for (int i = 0; i < 5; i++) {
            late.add(send("too late " + i, Duration.ofMillis(600)));
        }
        for (var send : late) {
            assertUnavailable(send);
        }
        assertThat(patient.isDone()).isFalse();
        give();
        patient.get(20, TimeUnit.SECONDS);
        Rooms.send(node, room, alice, "afterwards");
        // Of those that were answered 503, what had been sent to the database may be there, once.
        assertThat(bodies())
                .contains("patient")
                .endsWith("afterwards")
                .doesNotHaveDuplicates()
                .hasSizeLessThan(7);
    }

    @Test
    void heldElsewhereTurnsReadinessRedAlsoWhereRequestsComeAndGiveUp() throws Exception {
        take();
        var sent = new ArrayList<Future<EventId>>();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    // None of them waits as long as a stall lasts.
                    sent.add(send("gives up " + sent.size(), STALL.dividedBy(2)));
                    return !problem().isEmpty();
                });
        for (var send : sent) {
            assertUnavailable(send);
        }
        give();
        Rooms.send(node, room, alice, "afterwards");
        assertThat(problem()).isEmpty();
    }

    private void take() throws SQLException {
        execute("SELECT pg_advisory_lock(x'4C41524553'::bigint)");
    }

    private void give() throws SQLException {
        execute("SELECT pg_advisory_unlock(x'4C41524553'::bigint)");
    }

    private void execute(String sql) throws SQLException {
        try (var statement = foreign.createStatement()) {
            statement.execute(sql);
        }
    }

    private Future<EventId> send(String body, Duration deadline) {
        var item = Rooms.item(room, Rooms.message(alice, body));
        return executor.submit(() -> node.writer().append(item, deadline).eventIds().getFirst());
    }

    private static void assertUnavailable(Future<EventId> send) {
        assertThatThrownBy(() -> send.get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        failure -> assertThat(failure.status()).isEqualTo(503));
    }

    /// What `/readyz` would say; empty where all is well.
    private String problem() {
        return node.bean(WriterReadiness.class).problem().orElse("");
    }

    private List<String> bodies() {
        return node.jdbc()
                .sql(
                        """
                        SELECT convert_from(json, 'UTF8')::json #>> '{content,body}'
                        FROM timeline t JOIN event e USING (room_nid, event_nid)
                        JOIN room r USING (room_nid)
                        WHERE e.type = 'm.room.message' AND r.room_id = :room ORDER BY t.pos
                        """)
                .param("room", room.value())
                .query(String.class)
                .list();
    }
}
