package dev.lares.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// The end of the time that a sync waits.
@HomeserverTest
class SyncTimeoutTest {
    private static final int CLIENTS = 12;
    private static final int SYNCS = 80;
    private static final int TIMEOUT_MILLIS_MAX = 12;

    @Test
    void mayComeInTheMomentInWhichThereIsSomethingToTell(TestHomeserver server) throws Exception {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var ended = new AtomicBoolean();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var talking =
                    executor.submit(() -> {
                        for (int n = 0; !ended.get(); n++) {
                            alice.say(room, "message " + n);
                        }
                    });
            var clients = new ArrayList<Callable<List<Integer>>>();
            for (int i = 0; i < CLIENTS; i++) {
                int first = i;
                clients.add(() -> statuses(alice, first));
            }
            var done = executor.invokeAll(clients);
            ended.set(true);
            talking.get();
            for (var statuses : done) {
                assertThat(statuses.get()).containsOnly(200);
            }
        }
    }

    private static List<Integer> statuses(TestUser alice, int first) {
        var statuses = new ArrayList<Integer>();
        var since = alice.sync().string("/next_batch");
        for (int i = 0; i < SYNCS; i++) {
            var answer =
                    alice.get(
                            "/_matrix/client/v3/sync?since={since}&timeout={timeout}",
                            since,
                            1 + (first + i) % TIMEOUT_MILLIS_MAX);
            statuses.add(answer.status());
            if (answer.status() == 200) {
                since = answer.string("/next_batch");
            }
        }
        return statuses;
    }
}
