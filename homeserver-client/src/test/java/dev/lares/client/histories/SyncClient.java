package dev.lares.client.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.client.histories.ClientRoom.Section;
import dev.lares.client.histories.World.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A client that believes what it is told: it loses answers, asks again, asks one replica and then
/// the other, and starts anew.
final class SyncClient {
    private final World world;
    private final Person person;
    private final String name;
    private Options options;
    private Optional<String> token = Optional.empty();
    private final Map<String, ClientRoom> rooms = new TreeMap<>();
    private final Map<String, JsonNode> accountData = new HashMap<>();
    private final List<Told> told = new ArrayList<>();

    SyncClient(World world, Person person, String name, RandomGenerator random) {
        this.world = world;
        this.person = person;
        this.name = name;
        options = Options.any(random);
    }

    enum StateForm {
        BEFORE(Optional.empty()),
        AFTER(Optional.of("state_after")),
        AFTER_UNSTABLE(Optional.of("org.matrix.msc4222.state_after"));

        final Optional<String> member;

        StateForm(Optional<String> member) {
            this.member = member;
        }

        String query() {
            return switch (this) {
                case BEFORE -> "";
                case AFTER -> "&use_state_after=true";
                case AFTER_UNSTABLE -> "&org.matrix.msc4222.use_state_after=true";
            };
        }
    }

    /// @param lazy whether members come lazily
    /// @param byThread whether threads are counted by themselves
    record Options(StateForm form, boolean lazy, boolean byThread, int limit) {
        static Options any(RandomGenerator random) {
            return new Options(
                    StateForm.values()[random.nextInt(3)],
                    random.nextBoolean(),
                    random.nextBoolean(),
                    List.of(1, 2, 4, 10).get(random.nextInt(4)));
        }

        String filter() {
            return "{\"room\":{\"state\":{\"lazy_load_members\":%s},\"timeline\":{\"limit\":%d,\"unread_thread_notifications\":%s}}}"
                    .formatted(lazy, limit, byThread);
        }
    }

    Person person() {
        return person;
    }

    Options options() {
        return options;
    }

    Map<String, ClientRoom> rooms() {
        return rooms;
    }

    Map<String, JsonNode> accountData() {
        return accountData;
    }

    List<Told> told() {
        return told;
    }

    @Override
    public String toString() {
        return name + " of " + person.name() + " " + options;
    }

    /// One round of a client's life.
    void step(RandomGenerator random) {
        if (random.nextInt(100) < 6) {
            restart(random);
        }
        if (random.nextInt(100) < 10) {
            repeat();
        }
        boolean full = random.nextInt(100) < 8;
        var answer = ask(random.nextInt(2), full);
        if (random.nextInt(100) < 15) {
            world.note(this + " loses the answer");
            return;
        }
        apply(answer, full);
        if (random.nextInt(100) < 30) {
            fillGaps(random);
        }
    }

    private void restart(RandomGenerator random) {
        token = Optional.empty();
        rooms.clear();
        accountData.clear();
        told.clear();
        options = Options.any(random);
        world.note(this + " starts anew");
    }

    /// Syncs until nothing is new, then reads all that it has not seen of its rooms.
    void catchUp(RandomGenerator random) {
        for (int i = 0; i < 4; i++) {
            var answer = ask(random.nextInt(2), false);
            apply(answer, false);
            if (!answer.has("rooms") && !answer.has("account_data")) {
                fillGaps(random);
                fillBeginnings(random);
                return;
            }
        }
        throw new AssertionError(this + " is told something new for ever");
    }

    /// The same token gets the same answer, whoever is asked.
    private void repeat() {
        world.replicas().settle();
        var one = withoutAge(ask(0, false));
        var other = withoutAge(ask(1, false));
        assertThat(other).as("%s repeats its token", this).isEqualTo(one);
    }

    private static JsonNode withoutAge(JsonNode json) {
        if (json instanceof ObjectNode object) {
            object.remove("age");
        }
        json.forEach(SyncClient::withoutAge);
        return json;
    }

    private JsonNode ask(int replica, boolean full) {
        var query =
                "/_matrix/client/v3/sync?timeout=0&filter={filter}&since={since}"
                        + options.form().query()
                        + (full ? "&full_state=true" : "");
        var answer = person.at().get(replica).get(query, options.filter(), token.orElse(""));
        world.note(
                this
                        + " syncs at "
                        + replica
                        + (full ? ", full" : "")
                        + " since "
                        + token.orElse("-"));
        if (answer.status() != 200) {
            throw new AssertionError(this + " is answered " + answer);
        }
        return answer.json();
    }

    private void apply(JsonNode answer, boolean full) {
        token = Optional.of(answer.path("next_batch").stringValue());
        answer.path("account_data")
                .path("events")
                .forEach(event ->
                        accountData.put(event.path("type").stringValue(), event.path("content")));
        for (var section : Section.values()) {
            answer.path("rooms")
                    .path(section.key())
                    .forEachEntry((room, entry) -> apply(section, room, entry, full));
        }
    }

    private void apply(Section section, String id, JsonNode entry, boolean full) {
        var known = Optional.ofNullable(rooms.get(id));
        boolean wasJoined = known.filter(room -> room.section == Section.JOIN).isPresent();
        switch (section) {
            case INVITE, KNOCK -> {
                var room = new ClientRoom(section);
                room.state.putAll(ClientRoom.stateOf(entry.path(section.key() + "_state")));
                rooms.put(id, room);
            }
            case JOIN -> {
                var room = wasJoined ? known.orElseThrow() : new ClientRoom(section);
                told.add(Told.of(id, options, section, wasJoined, full, room.lastId(), entry));
                room.apply(entry, options.form().member, person.id());
                rooms.put(id, room);
            }
            case LEAVE -> {
                var room = new ClientRoom(section);
                var last = wasJoined ? known.orElseThrow().lastId() : Optional.<String>empty();
                // All of the state comes for rooms that the user is in.
                told.add(Told.of(id, options, section, wasJoined, false, last, entry));
                room.apply(entry, options.form().member, person.id());
                rooms.put(id, room);
            }
        }
    }

    /// Pages back from each stretch to the end of the one before it.
    private void fillGaps(RandomGenerator random) {
        rooms.forEach((id, room) -> {
            if (room.section == Section.JOIN) {
                pages(id).fillGaps(room.timeline, random);
            }
        });
    }

    private void fillBeginnings(RandomGenerator random) {
        rooms.forEach((id, room) -> {
            if (room.section == Section.JOIN) {
                pages(id).fillBeginning(room.timeline, random);
            }
        });
    }

    private Pages pages(String room) {
        return new Pages(person, room, this + " in " + room);
    }
}
