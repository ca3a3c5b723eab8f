package dev.lares.core.append;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.AppliedBatch;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Two writers on one database.
@ExtendWith(TestDatabaseExtension.class)
class ReplicasTest {
    private static final int SENDERS = 8;
    private static final int MESSAGES = 40;
    private static final int ROOMS = 3;

    @Test
    void giveGapFreePositionsThatEachAppliesOnceAndInOrder(TestDatabase database) throws Exception {
        try (var one = new LogNode(database);
                var two = new LogNode(database)) {
            var alice = one.user("alice");
            var rooms = new ArrayList<RoomId>();
            for (int i = 0; i < ROOMS; i++) {
                rooms.add(Rooms.create(one, alice, RoomVersion.V11));
            }
            var seen = List.of(watch(one), watch(two));
            send(List.of(one, two), rooms, alice);
            one.applied().await(two.applied().current(), Duration.ofSeconds(5));
            two.applied().await(one.applied().current(), Duration.ofSeconds(5));

            assertThat(one.applied().current()).isEqualTo(two.applied().current());
            for (var batches : seen) {
                long expected = batches.getFirst().first().value();
                for (var batch : batches) {
                    assertThat(batch.first().value()).isEqualTo(expected);
                    expected = batch.last().value() + 1;
                }
                assertThat(batches.getLast().last()).isEqualTo(one.applied().current());
            }
            var numbers =
                    "SELECT count(*) || ' ' || count(DISTINCT pos) || ' ' || max(pos) FROM timeline";
            int all = ROOMS * 4 + SENDERS * MESSAGES;
            assertThat(one.jdbc().sql(numbers).query(String.class).single())
                    .isEqualTo(all + " " + all + " " + all);
            assertThat(forks(one)).isZero();
        }
    }

    private static void send(List<LogNode> nodes, List<RoomId> rooms, UserId alice)
            throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Void>>();
            for (int i = 0; i < SENDERS; i++) {
                int sender = i;
                tasks.add(() -> {
                    for (int n = 0; n < MESSAGES; n++) {
                        var room = rooms.get((sender + n) % rooms.size());
                        Rooms.send(nodes.get(sender % nodes.size()), room, alice, "m" + n);
                    }
                    return null;
                });
            }
            for (var done : executor.invokeAll(tasks)) {
                done.get();
            }
        }
    }

    private static List<AppliedBatch> watch(LogNode node) {
        var seen = new CopyOnWriteArrayList<AppliedBatch>();
        node.applied().addListener(seen::add);
        return seen;
    }

    /// Events whose predecessor in the timeline is not the one event that they cite.
    private static int forks(LogNode node) {
        var sql =
                """
                SELECT count(*) FROM (
                    SELECT e.prev_nids,
                           lag(t.event_nid) OVER (PARTITION BY t.room_nid ORDER BY t.pos) AS before
                    FROM timeline t JOIN event e USING (room_nid, event_nid)) x
                WHERE before IS NOT NULL AND prev_nids <> ARRAY[before]
                """;
        return node.jdbc().sql(sql).query(Integer.class).single();
    }
}
