package dev.lares.app.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Ten times as many people send at once as may wait for the writer.
class OverloadTest {
    private static final int QUEUE = 16;
    private static final int SENDERS = 10 * QUEUE;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void refusesWhatIsTooMuchAndServesTheRest() throws Exception {
        run(Duration.ofSeconds(3));
    }

    @Test
    @Tag("nightly")
    void refusesWhatIsTooMuchForTwoMinutes() throws Exception {
        run(Duration.ofMinutes(2));
    }

    private void run(Duration duration) throws Exception {
        var settings = List.of("lares.writer.queue-max=" + QUEUE);
        try (var server = new Replica(directory, settings).start();
                var load = new Load();
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var servers = new Servers();
            servers.up(server);
            var alice = Device.register(server, "alice");
            var bob = Device.register(server, "bob");
            var rooms = List.of(alice.createRoom(server), alice.createRoom(server));
            for (var room : rooms) {
                bob.join(server, room);
            }
            var over = new CountDownLatch(1);
            var looking =
                    executor.submit(
                            bystander(server, Device.register(server, "carol"), load, over));
            load.read(new SyncChain(bob, servers, load, 0));
            for (int i = 0; i < SENDERS; i++) {
                load.send(new Sender("s" + i, alice, rooms, servers, load, i));
            }
            load.awaitAcknowledged(SENDERS);
            load.goOnFor(duration);
            var sent = load.stop();
            over.countDown();

            // All senders got through in the end, each message once; who syncs saw them all.
            var acknowledged =
                    sent.stream()
                            .map(each -> each.eventId() + " " + each.body())
                            .collect(Collectors.toSet());
            assertThat(acknowledged).hasSize(sent.size());
            var reader = load.readers().getFirst();
            var found = new HashSet<String>();
            for (var room : rooms) {
                var history = History.backwards(server, bob, room);
                history.events().stream()
                        .filter(event -> event.type().equals("m.room.message"))
                        .forEach(event ->
                                assertThat(found.add(event.eventId() + " " + event.body()))
                                        .isTrue());
                assertThat(reader.timelines().get(room)).isEqualTo(history.eventIds());
            }
            assertThat(found).isEqualTo(acknowledged);
            assertThat(load.failuresSoFar()).isZero();
            assertThat(load.unavailableSoFar()).isPositive();
            long looks = looking.get(60, TimeUnit.SECONDS);
            assertThat(looks).isPositive();
            assertThat(server.output()).doesNotContain("ERROR");
            System.out.printf(
                    "OverloadTest: %d acknowledged messages, %d 503; %d syncs of a bystander%n",
                    sent.size(), load.unavailableSoFar(), looks);
        }
    }

    /// Somebody who only reads, and is served, or told when to come again.
    private static Callable<Long> bystander(
            Replica server, Device device, Load load, CountDownLatch over) {
        return () -> {
            long looks = 0;
            while (!over.await(20, TimeUnit.MILLISECONDS)) {
                var answer = device.get(server, "/_matrix/client/v3/sync");
                if (answer.isOk()) {
                    looks++;
                } else {
                    load.unavailable(answer);
                }
            }
            return looks;
        };
    }
}
