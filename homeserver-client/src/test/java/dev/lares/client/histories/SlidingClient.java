package dev.lares.client.histories;

import static org.assertj.core.api.Assertions.assertThat;

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

/// A client of sliding sync that believes what it is told: it changes its windows and
/// subscriptions, loses answers, asks again, asks one replica and then the other, and starts anew.
final class SlidingClient {
    private static final String UNSTABLE =
            "/_matrix/client/unstable/org.matrix.simplified_msc3575/sync";
    private static final String STABLE = "/_matrix/client/v4/sync";

    /// What a client keeps asking for at the end.
    private static final String ALL_EXTENSIONS =
            "\"account_data\":{\"enabled\":true},\"receipts\":{\"enabled\":true}";

    private final World world;
    private final Person person;
    private final String name;
    private Options options;
    private String pos = "";
    private final Map<String, SlidingRoom> rooms = new TreeMap<>();
    private final Map<String, JsonNode> accountData = new HashMap<>();

    SlidingClient(World world, Person person, String name, RandomGenerator random) {
        this.world = world;
        this.person = person;
        this.name = name;
        options = Options.any(random);
    }

    enum Spelling {
        UNSTABLE,
        STABLE
    }

    enum Members {
        ALL,
        LAZY
    }

    record Options(Spelling spelling, Members members) {
        static Options any(RandomGenerator random) {
            return new Options(
                    random.nextInt(3) == 0 ? Spelling.STABLE : Spelling.UNSTABLE,
                    random.nextInt(3) == 0 ? Members.ALL : Members.LAZY);
        }

        private String required(String ownId) {
            return switch (spelling) {
                case UNSTABLE ->
                        members == Members.ALL
                                ? "[[\"*\",\"*\"]]"
                                : "[[\"*\",\"*\"],[\"m.room.member\",\"$LAZY\"],[\"m.room.member\",\"$ME\"]]";
                case STABLE ->
                        members == Members.ALL
                                ? "{\"include\":[{}]}"
                                : "{\"include\":[{},{\"type\":\"m.room.member\",\"state_key\":\"%s\"}],\"lazy_members\":true}"
                                        .formatted(ownId);
            };
        }

        private String range(int last) {
            return switch (spelling) {
                case UNSTABLE -> "\"ranges\":[[0," + last + "]]";
                case STABLE -> "\"range\":[0," + last + "]";
            };
        }
    }

    Person person() {
        return person;
    }

    Options options() {
        return options;
    }

    Map<String, SlidingRoom> rooms() {
        return rooms;
    }

    Map<String, JsonNode> accountData() {
        return accountData;
    }

    @Override
    public String toString() {
        return "sliding " + name + " of " + person.name() + " " + options;
    }

    /// One round of a client's life.
    void step(RandomGenerator random) {
        if (random.nextInt(100) < 6) {
            restart(random);
        }
        var rules = rules(random);
        if (!pos.isEmpty() && random.nextInt(100) < 10) {
            repeat(rules);
        }
        var answer = ask(random.nextInt(2), rules);
        if (random.nextInt(100) < 15) {
            world.note(this + " loses the answer");
            return;
        }
        apply(answer);
        if (random.nextInt(100) < 30) {
            fillGaps(random);
        }
    }

    private void restart(RandomGenerator random) {
        pos = "";
        forget();
        options = Options.any(random);
        world.note(this + " starts anew");
    }

    private void forget() {
        rooms.clear();
        accountData.clear();
    }

    /// Any windows, limits, subscriptions and extensions.
    private String rules(RandomGenerator random) {
        var required = options.required(person.id());
        var list =
                "{%s,\"timeline_limit\":%d,\"required_state\":%s%s}"
                        .formatted(
                                options.range(List.of(0, 1, 9, 99).get(random.nextInt(4))),
                                List.of(1, 2, 4, 25).get(random.nextInt(4)),
                                required,
                                random.nextInt(4) == 0
                                        ? ",\"filters\":{\"is_encrypted\":false}"
                                        : "");
        var subscriptions = new ArrayList<String>();
        for (var room : world.rooms()) {
            if (random.nextInt(5) == 0) {
                subscriptions.add(
                        "\"%s\":{\"timeline_limit\":%d,\"required_state\":%s}"
                                .formatted(room, 1 + random.nextInt(8), required));
            }
        }
        var extensions = new ArrayList<String>();
        for (var extension : List.of("account_data", "receipts", "typing")) {
            if (random.nextInt(3) > 0) {
                extensions.add("\"%s\":{\"enabled\":true}".formatted(extension));
            }
        }
        return "\"lists\":{%s},\"room_subscriptions\":{%s},\"extensions\":{%s}"
                .formatted(
                        random.nextInt(6) == 0 ? "" : "\"l\":" + list,
                        String.join(",", subscriptions),
                        String.join(",", extensions));
    }

    /// Asks for all until nothing is new, then reads all that it has not seen of its rooms.
    void catchUp(RandomGenerator random) {
        var rules =
                "\"lists\":{\"l\":{%s,\"timeline_limit\":3,\"required_state\":%s}},\"extensions\":{%s}"
                        .formatted(
                                options.range(99), options.required(person.id()), ALL_EXTENSIONS);
        for (int i = 0; i < 5; i++) {
            var answer = ask(random.nextInt(2), rules);
            apply(answer);
            if (answer.path("rooms").isEmpty() && answer.path("extensions").isEmpty()) {
                fillGaps(random);
                rooms.forEach((id, room) -> {
                    if (room.membership.equals("join")) {
                        pages(id).fillBeginning(room.timeline, random);
                    }
                });
                return;
            }
        }
        throw new AssertionError(this + " is told something new for ever");
    }

    /// The same token gets the same answer, whoever is asked; but for members, of whom one replica
    /// may know that they were told.
    private void repeat(String rules) {
        world.replicas().settle();
        var one = comparable(ask(0, rules));
        var other = comparable(ask(1, rules));
        assertThat(other).as("%s repeats its token", this).isEqualTo(one);
    }

    private JsonNode comparable(JsonNode answer) {
        ((ObjectNode) answer).remove("pos");
        for (var room : answer.path("rooms")) {
            var states = ((ObjectNode) room).remove("required_state");
            if (options.members() == Members.ALL && states != null) {
                // In any order.
                var byKey = ((ObjectNode) room).putObject("states");
                states.forEach(state ->
                        byKey.set(
                                state.path("type").stringValue()
                                        + state.path("state_key").stringValue(),
                                state));
            }
        }
        return withoutAge(answer);
    }

    private static JsonNode withoutAge(JsonNode json) {
        if (json instanceof ObjectNode object) {
            object.remove("age");
        }
        json.forEach(SlidingClient::withoutAge);
        return json;
    }

    private JsonNode ask(int replica, String rules) {
        var at = person.at().get(replica);
        var common = "\"conn_id\":\"" + name + "\"," + rules;
        var answer =
                switch (options.spelling()) {
                    case UNSTABLE -> at.post(UNSTABLE + "?pos={pos}", pos, "{" + common + "}");
                    case STABLE ->
                            at.post(
                                    STABLE,
                                    pos.isEmpty()
                                            ? "{" + common + "}"
                                            : "{\"pos\":\"" + pos + "\"," + common + "}");
                };
        world.note(this + " asks at " + replica + " since '" + pos + "' for " + rules);
        if (answer.status() != 200) {
            throw new AssertionError(this + " is answered " + answer);
        }
        return answer.json();
    }

    private void apply(JsonNode answer) {
        pos = answer.path("pos").stringValue();
        answer.path("rooms")
                .forEachEntry((id, entry) -> {
                    var room =
                            entry.path("initial").asBoolean(false)
                                    ? new SlidingRoom()
                                    : Optional.ofNullable(rooms.get(id))
                                            .orElseThrow(() ->
                                                    new AssertionError(
                                                            this + " is told of changes in " + id));
                    keepExtensions(id, room);
                    room.apply(entry, options.members(), person.id(), this + " in " + id);
                    rooms.put(id, room);
                });
        var data = answer.path("extensions").path("account_data");
        data.path("global")
                .forEach(event ->
                        accountData.put(event.path("type").stringValue(), event.path("content")));
        data.path("rooms")
                .forEachEntry((id, events) ->
                        events.forEach(event ->
                                known(id)
                                        .accountData
                                        .put(
                                                event.path("type").stringValue(),
                                                event.path("content"))));
        answer.path("extensions")
                .path("receipts")
                .path("rooms")
                .forEachEntry((id, event) -> known(id).applyReceipts(event));
    }

    /// What extensions told is no part of what comes anew with a room.
    private void keepExtensions(String id, SlidingRoom room) {
        var before = rooms.get(id);
        if (before != null && before != room) {
            room.accountData.putAll(before.accountData);
            room.receipts.putAll(before.receipts);
        }
    }

    private SlidingRoom known(String id) {
        var room = rooms.get(id);
        if (room == null) {
            throw new AssertionError(this + " is told of a room that it does not know: " + id);
        }
        return room;
    }

    private void fillGaps(RandomGenerator random) {
        rooms.forEach((id, room) -> {
            if (room.membership.equals("join")) {
                pages(id).fillGaps(room.timeline, random);
            }
        });
    }

    private Pages pages(String room) {
        return new Pages(person, room, this + " in " + room);
    }
}
