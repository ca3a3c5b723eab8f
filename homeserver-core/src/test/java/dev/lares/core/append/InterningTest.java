package dev.lares.core.append;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.event.EventDraft;
import dev.lares.core.id.UserId;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// New names get their numbers before the append.
@ExtendWith(TestDatabaseExtension.class)
class InterningTest {
    private static final int ROUNDS = 20;
    private static final int NAMES = 50;

    @Test
    void ofTheSameNamesInOppositeOrderDoesNotDeadlock(TestDatabase database) throws Exception {
        try (var one = new LogNode(database);
                var two = new LogNode(database);
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var alice = one.user("alice");
            var nodes = List.of(one, two);
            var rooms =
                    List.of(
                            Rooms.create(one, alice, RoomVersion.V11),
                            Rooms.create(two, alice, RoomVersion.V11));
            for (int round = 0; round < ROUNDS; round++) {
                var names = new ArrayList<UserId>();
                for (int i = 0; i < NAMES; i++) {
                    names.add(UserId.of("new-" + round + "-" + i, LogNode.DOMAIN));
                }
                var together = new CyclicBarrier(2);
                var sent = new ArrayList<Future<Void>>();
                for (int n = 0; n < 2; n++) {
                    var node = nodes.get(n);
                    var room = rooms.get(n);
                    var invitations =
                            names.stream()
                                    .map(name -> Rooms.member(alice, name, "invite"))
                                    .toArray(EventDraft[]::new);
                    Collections.reverse(names);
                    sent.add(
                            executor.submit(() -> {
                                together.await(20, TimeUnit.SECONDS);
                                Rooms.append(node, room, invitations);
                                return null;
                            }));
                }
                for (var done : sent) {
                    done.get(20, TimeUnit.SECONDS);
                }
            }
            for (var node : nodes) {
                // A deadlock would have been one, and tried again.
                assertThat(failures(node)).isZero();
            }
            var twice =
                    "SELECT count(*) - count(DISTINCT user_id) FROM user_ref WHERE user_id LIKE '@new-%'";
            assertThat(one.jdbc().sql(twice).query(Integer.class).single()).isZero();
            var members =
                    """
                    SELECT count(DISTINCT user_nid) FROM membership m JOIN room r USING (room_nid)
                    WHERE r.room_id = ? AND m.membership = 'invite'
                    """;
            for (var room : rooms) {
                assertThat(
                                one.jdbc()
                                        .sql(members)
                                        .param(room.value())
                                        .query(Integer.class)
                                        .single())
                        .isEqualTo(ROUNDS * NAMES);
            }
        }
    }

    private static double failures(LogNode node) {
        return node.bean(MeterRegistry.class).get("lares.writer.failures").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
