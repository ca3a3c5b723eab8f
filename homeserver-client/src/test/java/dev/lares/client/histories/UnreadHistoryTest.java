package dev.lares.client.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.client.histories.World.Person;
import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// After each step of random histories, the counts that clients were told are those of a naive
/// recount: each answer that brings or takes something counts with it.
@HomeserverTest
class UnreadHistoryTest {
    private static final int HISTORIES = 5;
    private static final int HISTORIES_NIGHTLY = 1_000;
    private static final int STEPS = 30;

    /// Counting after each step would take more time than it is worth.
    private static final int STEPS_PER_COUNT = 3;

    @Test
    void countsAsOneWhoReadsAllOfIt(TestHomeserver server) {
        check(server, 0, HISTORIES);
    }

    @Test
    @Tag("nightly")
    void countsAsOneWhoReadsAllOfManyHistories(TestHomeserver server) {
        check(server, HISTORIES, HISTORIES + HISTORIES_NIGHTLY);
    }

    private static void check(TestHomeserver server, int from, int to) {
        try (var replicas = new Replicas(server)) {
            Histories.forSeeds(
                    from, to, STEPS, (seed, steps, log) -> play(replicas, seed, steps, log));
        }
    }

    private static void play(Replicas replicas, int seed, List<Long> steps, List<String> log) {
        var world = new World(replicas, log, "ann", "bea", "cal");
        var random = new SplittableRandom(seed);
        var people = world.people();
        var room = world.createRoom(people.get(0), random, "{\"preset\": \"public_chat\"}");
        var readers = new ArrayList<Reader>();
        for (var person : people) {
            readers.add(new Reader(world, person));
        }
        var actions = new Actions(world);
        int done = 0;
        for (long step : steps) {
            actions.talk(new SplittableRandom(step));
            if (++done % STEPS_PER_COUNT == 0 || done == steps.size()) {
                replicas.settle();
                var history = world.history(room);
                readers.forEach(reader -> reader.check(history, random));
            }
        }
    }

    /// Knows the counts from what it is told step by step.
    private static final class Reader {
        private static final String FILTER =
                "{\"room\":{\"timeline\":{\"limit\":2,\"unread_thread_notifications\":true}}}";

        private final World world;
        private final Person person;
        private final Map<String, ClientRoom> rooms = new HashMap<>();
        private Set<String> ignored = Set.of();
        private String token = "";

        Reader(World world, Person person) {
            this.world = world;
            this.person = person;
        }

        void check(RoomHistory history, RandomGenerator random) {
            if (!world.ignoredBy(person).equals(ignored)) {
                // Clients start anew when they ignore others: rooms look different then.
                ignored = world.ignoredBy(person);
                token = "";
                rooms.clear();
            }
            var answer =
                    person.at(random)
                            .get(
                                    "/_matrix/client/v3/sync?filter={filter}&since={since}",
                                    FILTER,
                                    token)
                            .json();
            token = answer.path("next_batch").stringValue();
            answer.path("rooms").path("leave").forEachEntry((room, entry) -> rooms.remove(room));
            answer.path("rooms")
                    .path("join")
                    .forEachEntry((room, entry) -> {
                        var known =
                                rooms.computeIfAbsent(
                                        room, missing -> new ClientRoom(ClientRoom.Section.JOIN));
                        known.apply(entry, Optional.empty(), person.id());
                    });
            rooms.forEach((room, known) -> {
                var reads =
                        world.reads().stream()
                                .filter(read -> read.room().equals(room))
                                .filter(read -> read.userId().equals(person.id()))
                                .toList();
                var recount = UnreadRecount.of(history, person.id(), reads, ignored);
                var as = person.name() + " in " + room;
                world.note("counted: " + as + " " + known.counts + " " + known.threads);
                assertThat(known.counts).as("unread: %s", as).isEqualTo(recount.main());
                assertThat(known.threads).as("threads: %s", as).isEqualTo(recount.threads());
            });
        }
    }
}
