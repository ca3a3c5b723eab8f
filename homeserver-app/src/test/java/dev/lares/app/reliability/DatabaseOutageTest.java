package dev.lares.app.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.app.reliability.Http.Answer;
import dev.lares.core.postgres.BundledPostgres;
import dev.lares.core.postgres.BundledPostgresSettings;
import dev.lares.core.testing.TestCaller;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/// PostgreSQL hangs, and then is gone, while people talk.
class DatabaseOutageTest {
    private static final int SENDERS = 4;
    private static final int ACKNOWLEDGED = 100;

    /// Longer than any outage here.
    private static final Duration PARKED = Duration.ofMinutes(5);

    private static final Path BINARIES =
            Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "lares-test-postgres-" + System.getProperty("user.name"),
                    "binaries");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private final Servers servers = new Servers();

    /// @param hangs how long it is stopped as it is
    /// @param gone how long it is down
    private record Outage(Duration hangs, Duration gone) {}

    @Test
    void isSurvived() throws Exception {
        run(new Outage(Duration.ofSeconds(3), Duration.ofSeconds(6)));
    }

    @Test
    @Tag("nightly")
    void ofMoreThanHalfAMinuteIsSurvived() throws Exception {
        run(new Outage(Duration.ofSeconds(40), Duration.ofSeconds(35)));
    }

    private BundledPostgres startPostgres(int port) {
        return BundledPostgres.start(
                BundledPostgresSettings.in(directory.resolve("postgresql"))
                        .withBinariesDirectory(BINARIES)
                        .withMemory(DataSize.ofMegabytes(64), DataSize.ofMegabytes(512))
                        .withPort(port));
    }

    private static int portOf(BundledPostgres postgres) {
        return Integer.parseInt(postgres.jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1"));
    }

    private void run(Outage outage) throws Exception {
        var first = startPostgres(0);
        int port = portOf(first);
        var settings =
                List.of(
                        "spring.datasource.url=" + first.jdbcUrl(),
                        "spring.datasource.username=" + first.username(),
                        "spring.datasource.password=" + first.password());
        try (var server = new Replica(directory.resolve("server"), settings).start();
                var load = new Load();
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            servers.up(server);
            var alice = Device.register(server, "alice");
            var bob = Device.register(server, "bob");
            var rooms = List.of(alice.createRoom(server), alice.createRoom(server));
            for (var room : rooms) {
                bob.join(server, room);
            }
            var carol = Device.register(server, "carol");
            var quiet = carol.createRoom(server);
            var since = carol.get(server, "/_matrix/client/v3/sync").string("/next_batch");
            var parked =
                    executor.submit(
                            () -> carol.get(server, sync(since, PARKED), PARKED.multipliedBy(2)));
            load.read(new SyncChain(bob, servers, load, 0));
            for (int i = 0; i < SENDERS; i++) {
                load.send(new Sender("s" + i, alice, rooms, servers, load, i));
            }
            load.awaitAcknowledged(ACKNOWLEDGED);
            hang(first, outage.hangs(), load);
            load.awaitAcknowledged(ACKNOWLEDGED);
            Signal.QUIT.sendTo(ProcessHandle.of(first.pid()).orElseThrow());
            load.goOnFor(outage.gone());
            first.close(); // gives the directory back
            try (var second = startPostgres(port)) {
                assertThat(second.adopted()).isFalse();
                load.awaitAcknowledged(ACKNOWLEDGED);
                assertThat(load.unavailableSoFar()).isPositive();
                assertThat(readiness(server)).isEqualTo(200);
                check(server, alice, rooms, load);
                var after = carol.say(server, quiet, "t", "after it all").requireOk();
                assertThat(eventIds(parked.get(60, TimeUnit.SECONDS), quiet))
                        .containsExactly(after.string("/event_id"));
                server.close();
            }
        } finally {
            first.close();
        }
    }

    private static String sync(String since, Duration timeout) {
        return "/_matrix/client/v3/sync?since="
                + TestCaller.encode(since)
                + "&timeout="
                + timeout.toMillis();
    }

    private static List<String> eventIds(Answer sync, String room) {
        var ids = new ArrayList<String>();
        sync.requireOk()
                .json()
                .at("/rooms/join")
                .path(room)
                .at("/timeline/events")
                .forEach(event -> ids.add(event.at("/event_id").stringValue()));
        return ids;
    }

    private static int readiness(Replica server) throws IOException, InterruptedException {
        return Http.exchange(server, "GET", "/readyz", "", "").status();
    }

    private static void hang(BundledPostgres postgres, Duration duration, Load load)
            throws Exception {
        var postmaster = ProcessHandle.of(postgres.pid()).orElseThrow();
        // First the one that would start others.
        var all = new ArrayList<ProcessHandle>();
        Signal.STOP.sendTo(postmaster);
        all.add(postmaster);
        try {
            for (var child : postmaster.descendants().toList()) {
                Signal.STOP.sendTo(child);
                all.add(child);
            }
            load.goOnFor(duration);
        } finally {
            all.stream().filter(ProcessHandle::isAlive).forEach(Signal.CONT::sendTo);
        }
    }

    private static void check(Replica server, Device alice, List<String> rooms, Load load)
            throws Exception {
        var sent = load.stop();
        var reader = load.readers().getFirst();
        var acknowledged = new HashSet<String>();
        sent.forEach(each -> acknowledged.add(each.eventId() + " " + each.body()));
        var found = new ArrayList<String>();
        for (var room : rooms) {
            var history = History.backwards(server, alice, room);
            history.events().stream()
                    .filter(event -> event.type().equals("m.room.message"))
                    .forEach(event -> found.add(event.eventId() + " " + event.body()));
            assertThat(reader.timelines().get(room)).isEqualTo(history.eventIds());
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(acknowledged);
        System.out.printf(
                "DatabaseOutageTest: %d acknowledged messages, %d 503, %d requests without an answer%n",
                sent.size(), load.unavailableSoFar(), load.failuresSoFar());
    }
}
