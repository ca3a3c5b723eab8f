package dev.lares.client.histories;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whatever happened, and however clients asked for it, they end with what the server has.
@HomeserverTest
class SyncHistoryTest {
    private static final int HISTORIES = 6;
    private static final int HISTORIES_NIGHTLY = 300;
    private static final int STEPS = 70;
    private static final int STEPS_NIGHTLY = 150;

    @Test
    void endsInTheServersState(TestHomeserver server) {
        check(server, 0, HISTORIES, STEPS);
    }

    @Test
    @Tag("nightly")
    void endsInTheServersStateAfterManyHistories(TestHomeserver server) {
        check(server, HISTORIES, HISTORIES + HISTORIES_NIGHTLY, STEPS_NIGHTLY);
    }

    private static void check(TestHomeserver server, int from, int to, int length) {
        try (var replicas = new Replicas(server)) {
            Histories.forSeeds(
                    from, to, length, (seed, steps, log) -> play(replicas, seed, steps, log));
        }
    }

    private static void play(Replicas replicas, int seed, List<Long> steps, List<String> log) {
        var world = new World(replicas, log, "ann", "bea", "cal", "dan");
        var setUp = new SplittableRandom(seed);
        var actions = new Actions(world);
        actions.createRooms(setUp);
        var clients = new ArrayList<SyncClient>();
        for (var person : world.people()) {
            clients.add(new SyncClient(world, person, "phone", setUp));
        }
        clients.add(new SyncClient(world, world.people().getFirst(), "desk", setUp));
        var sliding = new ArrayList<SlidingClient>();
        for (var person : world.people()) {
            sliding.add(new SlidingClient(world, person, "tablet", setUp));
        }
        for (long step : steps) {
            var random = new SplittableRandom(step);
            int dice = random.nextInt(100);
            if (dice < 25) {
                clients.get(random.nextInt(clients.size())).step(random);
            } else if (dice < 50) {
                sliding.get(random.nextInt(sliding.size())).step(random);
            } else {
                actions.act(random);
            }
        }
        for (var person : world.people()) {
            clients.add(new SyncClient(world, person, "new device", setUp));
            sliding.add(new SlidingClient(world, person, "new device", setUp));
        }
        replicas.settle();
        var truth = new ServerTruth(world);
        for (var client : clients) {
            client.catchUp(setUp);
            truth.check(client);
        }
        var slidingTruth = new SlidingTruth(world, truth);
        for (var client : sliding) {
            client.catchUp(setUp);
            slidingTruth.check(client);
        }
    }
}
