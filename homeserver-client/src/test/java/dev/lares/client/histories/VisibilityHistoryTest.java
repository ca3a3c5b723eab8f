package dev.lares.client.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.client.histories.RoomHistory.Event;
import dev.lares.client.histories.RoomHistory.Key;
import dev.lares.client.histories.World.Person;
import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// However the history visibility of a room changed, `/messages` in both directions, `/context` and
/// `/sync` show a user the same events: those that a naive reading of the specification allows.
@HomeserverTest
class VisibilityHistoryTest {
    private static final int HISTORIES = 5;
    private static final int HISTORIES_NIGHTLY = 300;
    private static final int STEPS = 40;
    private static final int EVENTS_ASKED_FOR = 4;
    private static final int PAGES_MAX = 100;
    private static final String ROOM = "/_matrix/client/v3/rooms/{roomId}";

    @Test
    void isTheSameEverywhere(TestHomeserver server) {
        check(server, 0, HISTORIES);
    }

    @Test
    @Tag("nightly")
    void isTheSameEverywhereAfterManyHistories(TestHomeserver server) {
        check(server, HISTORIES, HISTORIES + HISTORIES_NIGHTLY);
    }

    private static void check(TestHomeserver server, int from, int to) {
        try (var replicas = new Replicas(server)) {
            Histories.forSeeds(
                    from, to, STEPS, (seed, steps, log) -> play(replicas, seed, steps, log));
        }
    }

    private static void play(Replicas replicas, int seed, List<Long> steps, List<String> log) {
        var world = new World(replicas, log, "ann", "bea", "cal", "dan");
        var random = new SplittableRandom(seed);
        var room =
                world.createRoom(
                        world.people().getFirst(), random, "{\"preset\": \"public_chat\"}");
        var actions = new Actions(world);
        for (long step : steps) {
            actions.comeAndGo(new SplittableRandom(step));
        }
        replicas.settle();
        var history = world.history(room);
        for (var person : world.people()) {
            check(person, room, history, random);
        }
    }

    private static void check(
            Person person, String room, RoomHistory history, RandomGenerator random) {
        var visible = history.visibleTo(person.id());
        int end = history.events().size() - 1;
        boolean joined = history.membership(person.id()).equals("join");
        int left = joined ? end : history.newestLeave(person.id());
        if (!joined && left < 0 && !isOpen(history)) {
            assertThat(messages(person, room, "b", random)).as(person.name()).isEmpty();
            return;
        }
        int until = left < 0 ? end : left;
        var wanted =
                visible.stream().filter(event -> event.index() <= until).map(Event::id).toList();
        assertThat(messages(person, room, "b", random))
                .as("%s reads back", person.name())
                .contains(wanted.reversed());
        assertThat(messages(person, room, "f", random))
                .as("%s reads on", person.name())
                .contains(wanted);
        if (joined) {
            assertThat(synced(person, room, random))
                    .as("%s syncs", person.name())
                    .isEqualTo(wanted);
        }
        for (int i = 0; i < EVENTS_ASKED_FOR; i++) {
            var event = history.events().get(random.nextInt(history.events().size()));
            checkContext(person, room, event, visible, joined, random);
        }
    }

    private static boolean isOpen(RoomHistory history) {
        var event = history.state().get(new Key("m.room.history_visibility", ""));
        return event != null
                && event.content().path("history_visibility").asString("").equals("world_readable");
    }

    private static void checkContext(
            Person person,
            String room,
            Event event,
            List<Event> visible,
            boolean joined,
            RandomGenerator random) {
        var answer = person.at(random).get(ROOM + "/context/{eventId}?limit=6", room, event.id());
        var as = person.name() + " asks for " + event.id() + " " + event.type();
        var ids = visible.stream().map(Event::id).toList();
        assertThat(answer.status()).as(as).isEqualTo(ids.contains(event.id()) ? 200 : 404);
        if (answer.status() != 200) {
            return;
        }
        var around = new ArrayList<>(ids(answer.json().path("events_before")).reversed());
        around.add(answer.json().path("event").path("event_id").stringValue());
        around.addAll(ids(answer.json().path("events_after")));
        if (joined) {
            assertThat(Collections.indexOfSubList(ids, around)).as(as).isNotNegative();
        } else {
            assertThat(ids).as(as).containsAll(around);
        }
    }

    private static List<String> synced(Person person, String room, RandomGenerator random) {
        var filter = "{\"room\":{\"timeline\":{\"limit\":500}}}";
        var answer =
                person.at(random)
                        .get(
                                "/_matrix/client/v3/sync?use_state_after=true&filter={filter}",
                                filter);
        return ids(
                answer.json()
                        .path("rooms")
                        .path("join")
                        .path(room)
                        .path("timeline")
                        .path("events"));
    }

    /// All pages; absent where the user may not read the room.
    private static Optional<List<String>> messages(
            Person person, String room, String direction, RandomGenerator random) {
        var ids = new ArrayList<String>();
        var from = "";
        for (int page = 0; page < PAGES_MAX; page++) {
            var answer =
                    person.at(random)
                            .get(
                                    ROOM + "/messages?dir={dir}&limit={limit}" + from,
                                    room,
                                    direction,
                                    1 + random.nextInt(20));
            if (answer.status() == 403) {
                return Optional.empty();
            }
            assertThat(answer.status()).as("%s", answer).isEqualTo(200);
            ids.addAll(ids(answer.json().path("chunk")));
            if (!answer.json().has("end")) {
                return Optional.of(ids);
            }
            from = "&from=" + answer.json().path("end").stringValue();
        }
        throw new AssertionError("pages lead in circles");
    }

    private static List<String> ids(JsonNode events) {
        return events.valueStream().map(event -> event.path("event_id").stringValue()).toList();
    }
}
