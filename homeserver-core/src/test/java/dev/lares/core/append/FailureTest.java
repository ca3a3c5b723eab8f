package dev.lares.core.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lares.core.append.Failpoints.Place;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.StreamRow;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.testing.BreakingSockets;
import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.Socket;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What goes wrong in the middle of an append.
@ExtendWith(TestDatabaseExtension.class)
class FailureTest {
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private TestDatabase database;
    private LogNode node;
    private UserId alice;
    private RoomId room;

    @BeforeEach
    void start(TestDatabase given) {
        database = given;
        node = new LogNode(given);
        alice = node.user("alice");
        room = Rooms.create(node, alice, RoomVersion.V11);
    }

    @AfterEach
    void stop() {
        executor.close();
        node.close();
    }

    @Test
    void findsABatchWhoseCommitWasNotAnsweredAndWritesItOnce() {
        once(Place.APPEND_ANSWERED);
        var sent = Rooms.send(node, room, alice, "once");
        assertThat(bodies()).containsExactly("once");
        // The room goes on behind it.
        Rooms.send(node, room, alice, "twice");
        assertThat(bodies()).containsExactly("once", "twice");
        assertThat(timelineEnd()).hasSize(2).contains(sent.value().substring(1));
    }

    @Test
    void writesABatchOnceWhoseConnectionBreaksWhileItsCommitIsUnderWay() throws Exception {
        var name = "under way " + room.value();
        try (var breaking = new LogNode(database, Map.of("test.sockets", name))) {
            var failpoints = breaking.bean(Failpoints.class);
            for (int i = 0; i < 5; i++) {
                failpoints.set(
                        Place.APPEND_BUILT,
                        () -> {
                            failpoints.clear(Place.APPEND_BUILT);
                            BreakingSockets.onceSent(name, Socket::close);
                        });
                Rooms.send(breaking, room, alice, "m" + i);
            }
            var unknown =
                    breaking.bean(MeterRegistry.class)
                            .get("lares.writer.failures")
                            .tag("kind", "outcome_unknown");
            assertThat(unknown.counter().count()).isEqualTo(5);
            assertThat(bodies()).containsExactly("m0", "m1", "m2", "m3", "m4");
        }
    }

    @Test
    void writesABatchAgainWhoseConnectionBrokeBeforeItWasSent() {
        once(Place.APPEND_BUILT);
        Rooms.send(node, room, alice, "again");
        assertThat(bodies()).containsExactly("again");
    }

    @Test
    void keepsTheOthersOfABatchOf64WhenOneItemCannotBeWritten() throws Exception {
        var together = new Together();
        var first = executor.submit(() -> Rooms.send(node, room, alice, "first"));
        together.awaitFirst();
        var good = new ArrayList<Future<EventId>>();
        for (int i = 0; i < 63; i++) {
            var body = "m" + i;
            good.add(executor.submit(() -> Rooms.send(node, room, alice, body)));
        }
        var bad = executor.submit(() -> node.writer().append(broken(), Rooms.DEADLINE));
        together.goOn(64);

        assertThatThrownBy(() -> get(bad))
                .cause()
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        failure -> assertThat(failure.status()).isEqualTo(500));
        get(first);
        var ids = new HashSet<String>();
        for (var sent : good) {
            ids.add(get(sent).value().substring(1));
        }
        assertThat(ids).hasSize(63);
        assertThat(timelineEnd()).hasSize(64).doesNotHaveDuplicates().containsAll(ids);
        assertThat(new HashSet<>(bodies())).hasSize(64);
        var largest = node.bean(MeterRegistry.class).get("lares.writer.batch.size").summary().max();
        assertThat(largest).isEqualTo(64);
    }

    @Test
    void waitsForARoomThatAnotherReplicaHoldsAndWritesOtherRoomsMeanwhile() throws Exception {
        var other = Rooms.create(node, alice, RoomVersion.V11);
        Future<EventId> waiting;
        try (var holder =
                DriverManager.getConnection(
                        database.jdbcUrl(), database.username(), database.password())) {
            holder.setAutoCommit(false);
            try (var statement =
                    holder.prepareStatement("SELECT FROM room WHERE room_id = ? FOR UPDATE")) {
                statement.setString(1, room.value());
                statement.execute();
            }
            waiting = executor.submit(() -> Rooms.send(node, room, alice, "late"));
            for (int i = 0; i < 5; i++) {
                Rooms.send(node, other, alice, "meanwhile");
            }
            assertThat(waiting.isDone()).isFalse();
            holder.rollback();
        }
        get(waiting);
        assertThat(bodies()).contains("late");
    }

    @Test
    void answers503AtTheDeadline() throws Exception {
        try (var holder =
                DriverManager.getConnection(
                        database.jdbcUrl(), database.username(), database.password())) {
            holder.setAutoCommit(false);
            try (var statement = holder.createStatement()) {
                statement.execute("SELECT FROM room FOR UPDATE");
            }
            var item = Rooms.item(room, Rooms.message(alice, "too late"));
            assertThatThrownBy(() -> node.writer().append(item, Duration.ofMillis(600)))
                    .isInstanceOfSatisfying(
                            MatrixException.class,
                            failure -> {
                                assertThat(failure.status()).isEqualTo(503);
                                assertThat(failure.code().name()).isEqualTo("M_UNKNOWN");
                            });
            holder.rollback();
        }
        Rooms.send(node, room, alice, "in time");
        assertThat(bodies()).containsExactly("in time");
    }

    /// Items that are written in one batch, because the writer is held while they queue up.
    private final class Together {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);

        Together() {
            node.bean(Failpoints.class)
                    .set(
                            Place.ROOMS_LOCKED,
                            () -> {
                                reached.countDown();
                                try {
                                    release.await(10, TimeUnit.SECONDS);
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            });
        }

        void awaitFirst() throws InterruptedException {
            assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
        }

        void goOn(int queued) throws InterruptedException {
            var meters = node.bean(MeterRegistry.class);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (meters.get("lares.writer.queue").gauge().value() < queued
                    && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            node.bean(Failpoints.class).clear(Place.ROOMS_LOCKED);
            release.countDown();
        }
    }

    /// Breaks the connection the first time.
    private void once(Place place) {
        var armed = new AtomicBoolean(true);
        node.bean(Failpoints.class)
                .set(
                        place,
                        () -> {
                            if (armed.compareAndSet(true, false)) {
                                throw new SQLException("the connection broke", "08006");
                            }
                        });
    }

    private AppendItem broken() {
        long nid = node.userNid(alice);
        var row = Rooms.json("{\"content\":{},\"room_nid\":0}").put("user_nid", nid);
        return new AppendItem(
                Optional.empty(),
                List.of(),
                List.of(new StreamRow("account_data", nid, 0, row)),
                Optional.empty());
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

    private List<String> timelineEnd() {
        return node.jdbc()
                .sql(
                        """
                        SELECT rtrim(translate(encode(f.hash, 'base64'), '+/', '-_'), '=')
                        FROM timeline t JOIN event e USING (room_nid, event_nid)
                        JOIN event_ref f USING (event_nid)
                        JOIN room r ON r.room_nid = t.room_nid
                        WHERE e.type = 'm.room.message' AND r.room_id = :room
                        """)
                .param("room", room.value())
                .query(String.class)
                .list();
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }
}
