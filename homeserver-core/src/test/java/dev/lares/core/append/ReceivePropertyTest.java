package dev.lares.core.append;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.event.Pdu;
import dev.lares.core.log.ReceivedResult;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random graphs of events from elsewhere, in random orders and batches: what does not depend on
/// the order is as a plain model has it, and the current state is always what the states after the
/// extremities resolve to. The parameter is the seed.
@ExtendWith(TestDatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReceivePropertyTest {
    private static final int SIZE = 30;

    private LogNode one;
    private LogNode two;

    @BeforeAll
    void start(TestDatabase database) {
        one = new LogNode(database);
        two = new LogNode(database);
    }

    @AfterAll
    void stop() {
        two.close();
        one.close();
    }

    static LongStream few() {
        return LongStream.range(0, 24);
    }

    static LongStream fewer() {
        return LongStream.range(0, 12);
    }

    static LongStream many() {
        return new Random().longs(60);
    }

    @ParameterizedTest
    @MethodSource("few")
    void endsInTheSameStateInAnyOrder(long seed) {
        byOneWriter(seed, SIZE);
    }

    @ParameterizedTest
    @MethodSource("fewer")
    void endsInTheSameStateByTwoWriters(long seed) throws Exception {
        byTwoWriters(seed, SIZE);
    }

    @Tag("nightly")
    @ParameterizedTest
    @MethodSource("many")
    void endsInTheSameStateInAnyOrderOfManyEvents(long seed) {
        byOneWriter(seed, 4 * SIZE);
    }

    @Tag("nightly")
    @ParameterizedTest
    @MethodSource("many")
    void endsInTheSameStateByTwoWritersOfManyEvents(long seed) throws Exception {
        byTwoWriters(seed, 4 * SIZE);
    }

    private void byOneWriter(long seed, int size) {
        var random = new Random(seed);
        var room = room(random);
        var events = RandomGraph.grow(room, size, random);
        var order = RandomGraph.shuffled(events, random);
        var stored = room.stored();
        for (int from = 0; from < order.size(); ) {
            int to = Math.min(order.size(), from + 1 + random.nextInt(6));
            land(one, order.subList(from, to));
            from = to;
            stored.assertCurrentAsIn(room.model());
            if (random.nextInt(8) == 0) {
                room.send("from here, on what has come so far");
            }
        }
        finish(room);
    }

    private void byTwoWriters(long seed, int size) throws Exception {
        var random = new Random(seed);
        var room = room(random);
        var events = RandomGraph.grow(room, size, random);
        var tasks =
                List.of(
                        delivery(one, RandomGraph.shuffled(events, random), random.nextLong()),
                        delivery(two, RandomGraph.shuffled(events, random), random.nextLong()));
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : executor.invokeAll(tasks)) {
                done.get();
            }
        }
        room.stored().assertCurrentAsIn(room.model());
        finish(room);
    }

    private ForeignRoom room(Random random) {
        var versions = RoomVersion.values();
        return new ForeignRoom(one, versions[random.nextInt(versions.length)]);
    }

    private static Callable<Void> delivery(LogNode node, List<Pdu> order, long seed) {
        return () -> {
            var random = new Random(seed);
            for (int from = 0; from < order.size(); ) {
                int to = Math.min(order.size(), from + 1 + random.nextInt(6));
                land(node, order.subList(from, to));
                from = to;
            }
            return null;
        };
    }

    private static void land(LogNode node, List<Pdu> pdus) {
        assertThat(Foreign.receive(node, pdus))
                .isInstanceOfSatisfying(
                        ReceivedResult.Landed.class,
                        landed -> assertThat(landed.outcomes()).hasSize(pdus.size()));
    }

    /// The last event merges all of it, so that nothing depends on the order any more.
    private void finish(ForeignRoom room) {
        var merge = RandomGraph.merge(room, 1_000_000);
        land(one, List.of(merge));
        var stored = room.stored();
        stored.assertAsIn(room.model());
        assertThat(stored.extremities()).containsExactly(merge.eventId());
        assertThat(stored.current()).isEqualTo(room.model().after(merge.eventId()));
        assertThat(stored.timeline())
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(stored.refused());
    }
}
