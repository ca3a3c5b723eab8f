package dev.lares.app.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// A server that serves a bit of everything for long holds on to no more than it did early on.
class SoakTest {
    private static final int PEOPLE = 10;
    private static final int ROOMS = 5;
    private static final double HEAP_GROWTH_MAX = 1.2;

    /// Carrier threads and those of pools come and go.
    private static final int THREADS_MORE_MAX = 8;

    /// Connections of clients that hung up are noticed late.
    private static final int FILES_MORE_MAX = 40;

    /// As many requests of a device that is gone may still wait.
    private static final int PARKED_MAX = PEOPLE * 8;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    /// @param early after how long it is looked at first
    /// @param late how much longer it goes on
    /// @param pause of each of the people
    /// @param heapSlackBytes by which the heap may grow besides
    private record Soak(Duration early, Duration late, Duration pause, long heapSlackBytes) {}

    /// What is filled and compiled for the first time is a part of the growth of seconds; hence the
    /// slack.
    @Test
    void leavesNothingBehind() throws Exception {
        run(
                new Soak(
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(8),
                        Duration.ofMillis(40),
                        20_000_000));
    }

    @Test
    @Tag("nightly")
    void leavesNothingBehindInAnHour() throws Exception {
        run(new Soak(Duration.ofMinutes(10), Duration.ofMinutes(50), Duration.ofSeconds(1), 0));
    }

    private void run(Soak soak) throws Exception {
        try (var server = new Replica(directory, List.of()).start()) {
            var people = new ArrayList<Device>();
            for (int i = 0; i < PEOPLE; i++) {
                people.add(Device.register(server, "person" + i));
            }
            var rooms = new ArrayList<String>();
            for (int i = 0; i < ROOMS; i++) {
                rooms.add(people.getFirst().createRoom(server));
                for (var person : people.subList(1, PEOPLE)) {
                    person.join(server, rooms.getLast());
                }
            }
            var before = new MixedLoad(server, people, rooms, soak.pause(), 1);
            before.run(soak.early());
            var early = Holdings.of(server);
            System.out.println("SoakTest, early: " + early); // an hour may be cut short
            var after = new MixedLoad(server, people, rooms, soak.pause(), 2);
            after.run(soak.late());
            var late = Holdings.of(server);
            System.out.printf(
                    Locale.ROOT,
                    "SoakTest: %d actions, %d syncs; early: %s; late: %s%n",
                    before.done() + after.done(),
                    before.syncs() + after.syncs(),
                    early,
                    late);

            assertThat(late.heapBytes())
                    .isLessThanOrEqualTo(
                            (long) (early.heapBytes() * HEAP_GROWTH_MAX) + soak.heapSlackBytes());
            assertThat(late.threads()).isLessThanOrEqualTo(early.threads() + THREADS_MORE_MAX);
            assertThat(late.files()).isLessThanOrEqualTo(early.files() + FILES_MORE_MAX);
            assertNobodyWaits(late);
            assertThat(server.output()).doesNotContain("ERROR");
        }
    }

    /// All clients are gone; that some hung up, the server finds out when it has news for them.
    private static void assertNobodyWaits(Holdings holdings) {
        assertThat(holdings.instancesOf("dev.lares.client.sync.SyncRunner")).isEqualTo(1);
        assertThat(holdings.instancesOf("dev.lares.client.sync.ParkedSync"))
                .isLessThanOrEqualTo(PARKED_MAX);
        assertThat(holdings.instancesOf("dev.lares.core.append.QueuedItem")).isLessThanOrEqualTo(1);
    }
}
