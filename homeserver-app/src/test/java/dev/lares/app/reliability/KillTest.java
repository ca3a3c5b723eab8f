package dev.lares.app.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.app.database.ServerProcess;
import dev.lares.app.reliability.BreakingServer.Break;
import dev.lares.app.reliability.BreakingServer.Manner;
import dev.lares.app.reliability.BreakingServer.Place;
import dev.lares.app.reliability.Sender.Sent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of a server that people are talking on, and of its database.
class KillTest {
    private static final int SENDERS = 8;
    private static final int ROOMS = 4;
    private static final int ACKNOWLEDGED_BETWEEN_MAX = 300;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private final Servers servers = new Servers();

    /// @param place where the server breaks; at random where it is absent
    /// @param databaseToo whether PostgreSQL is killed as well
    private record Kill(Optional<Place> place, boolean databaseToo) {
        static Kill atRandom(int n) {
            return new Kill(Optional.empty(), n % 2 == 1);
        }

        static Kill at(Place place) {
            return new Kill(Optional.of(place), place.ordinal() % 2 == 0);
        }
    }

    @Test
    void losesAndRepeatsNothingThatWasAcknowledged() throws Exception {
        var kills = new ArrayList<Kill>();
        IntStream.range(0, 3).mapToObj(Kill::atRandom).forEach(kills::add);
        List.of(Place.values()).forEach(place -> kills.add(Kill.at(place)));
        run(kills);
    }

    @Test
    @Tag("nightly")
    void losesAndRepeatsNothingInFiftyKills() throws Exception {
        var kills = new ArrayList<Kill>();
        IntStream.range(0, 42).mapToObj(Kill::atRandom).forEach(kills::add);
        for (int round = 0; round < 2; round++) {
            List.of(Place.values()).forEach(place -> kills.add(Kill.at(place)));
        }
        run(kills);
    }

    private void run(List<Kill> kills) throws Exception {
        long seed = new Random().nextLong();
        System.out.println("KillTest: seed " + seed);
        var random = new Random(seed);
        try (var server = new Replica(directory, List.of()).start();
                var load = new Load()) {
            servers.up(server);
            var alice = Device.register(server, "alice");
            var bob = Device.register(server, "bob");
            var rooms = new ArrayList<String>();
            for (int i = 0; i < ROOMS; i++) {
                rooms.add(alice.createRoom(server));
                bob.join(server, rooms.getLast());
            }
            var people = List.of(alice, bob);
            for (var person : people) {
                load.read(new SyncChain(person, servers, load, 0));
            }
            for (int i = 0; i < SENDERS; i++) {
                load.send(new Sender("s" + i, people.get(i % 2), rooms, servers, load, i));
            }
            for (var kill : kills) {
                load.awaitAcknowledged(1 + random.nextInt(ACKNOWLEDGED_BETWEEN_MAX));
                carryOut(kill, server, random);
            }
            load.awaitAcknowledged(SENDERS);
            var sent = load.stop();
            check(server, people, rooms, sent, load.readers());
            System.out.printf(
                    "KillTest: %d kills, %d acknowledged messages, %d requests without an answer%n",
                    kills.size(), sent.size(), load.failuresSoFar());
        }
    }

    private void carryOut(Kill kill, Replica server, Random random) throws Exception {
        boolean databaseFirst = random.nextBoolean();
        if (kill.place().isPresent()) {
            server.arm(new Break(kill.place().get(), Manner.HALT));
            server.awaitEnd();
        } else {
            if (kill.databaseToo() && databaseFirst) {
                killDatabase();
            }
            server.kill();
        }
        servers.down(server);
        if (kill.databaseToo() && (kill.place().isPresent() || !databaseFirst)) {
            killDatabase();
        }
        server.start();
        servers.up(server);
    }

    /// The postmaster and all of its processes.
    private void killDatabase() throws IOException {
        var file = directory.resolve("data/postgresql/data/postmaster.pid");
        var postmaster =
                ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
                        .orElseThrow();
        var children = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private void check(
            Replica server,
            List<Device> people,
            List<String> rooms,
            List<Sent> sent,
            List<SyncChain> readers)
            throws Exception {
        var acknowledged = new HashMap<String, Map<String, String>>();
        for (var each : sent) {
            acknowledged
                    .computeIfAbsent(each.roomId(), id -> new HashMap<>())
                    .put(each.eventId(), each.body());
        }
        var orders = new HashMap<String, List<String>>();
        for (var room : rooms) {
            var history = History.backwards(server, people.getFirst(), room);
            orders.put(room, history.eventIds());
            var messages =
                    history.events().stream()
                            .filter(event -> event.type().equals("m.room.message"))
                            .toList();
            // Exactly those, and each once, by its id and by what it says.
            assertThat(messages)
                    .extracting(event -> Map.entry(event.eventId(), event.body()))
                    .containsExactlyInAnyOrderElementsOf(
                            acknowledged.getOrDefault(room, Map.of()).entrySet());
            for (var person : people) {
                assertThat(History.backwards(server, person, room)).isEqualTo(history);
                assertThat(History.forwards(server, person, room)).isEqualTo(history);
            }
        }
        for (var reader : readers) {
            assertThat(reader.timelines()).isEqualTo(orders);
        }
        checkTransactionIds(server, sent);
        for (var room : rooms) {
            assertThat(History.backwards(server, people.getFirst(), room).eventIds())
                    .isEqualTo(orders.get(room));
        }
        try (var command = ServerProcess.command(directory, "", "db", "check")) {
            assertThat(command.awaitEnd()).as(command.output()).isZero();
        }
    }

    private static void checkTransactionIds(Replica server, List<Sent> sent) throws Exception {
        for (int i = 0; i < sent.size(); i += Math.max(1, sent.size() / 100)) {
            var each = sent.get(i);
            var again = each.by().say(server, each.roomId(), each.txnId(), each.body());
            assertThat(again.requireOk().string("/event_id")).isEqualTo(each.eventId());
        }
    }
}
