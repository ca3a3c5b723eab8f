package dev.lares.client.histories;

import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The users and rooms of one history, and what users did that is no event.
final class World {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /// Stands for no room in account data.
    static final String GLOBAL = "";

    static final String IGNORED = "m.ignored_user_list";

    private final Replicas replicas;
    private final List<String> log;
    private final List<Person> people = new ArrayList<>();
    private final Map<String, List<Sent>> rooms = new LinkedHashMap<>();
    private final Map<DataKey, JsonNode> accountData = new HashMap<>();
    private final List<Read> reads = new ArrayList<>();
    private final Set<String> members = new HashSet<>();

    World(Replicas replicas, List<String> log, String... names) {
        this.replicas = replicas;
        this.log = log;
        for (var name : names) {
            var user = replicas.all().getFirst().register(name);
            people.add(new Person(name, user.id(), replicas.all().stream().map(user::at).toList()));
        }
    }

    /// @param at the user at each replica
    record Person(String name, String id, List<TestUser> at) {
        TestUser at(RandomGenerator random) {
            return at.get(random.nextInt(at.size()));
        }
    }

    /// @param thread root of the thread that the event is in; empty in the main timeline
    record Sent(String eventId, String sender, String thread) {}

    record DataKey(String userId, String room, String type) {}

    /// A receipt that the server took, whether or not it led forward.
    ///
    /// @param thread empty where it is unthreaded
    record Read(String room, String userId, String type, String thread, String eventId) {}

    Replicas replicas() {
        return replicas;
    }

    List<TestHomeserver> servers() {
        return replicas.all();
    }

    List<Person> people() {
        return people;
    }

    Person someone(RandomGenerator random) {
        return people.get(random.nextInt(people.size()));
    }

    List<String> rooms() {
        return List.copyOf(rooms.keySet());
    }

    /// Mostly one who is in the room, as far as anybody knows.
    Person someoneIn(String room, RandomGenerator random) {
        var in = people.stream().filter(person -> members.contains(room + person.id())).toList();
        return in.isEmpty() || random.nextInt(100) < 15
                ? someone(random)
                : in.get(random.nextInt(in.size()));
    }

    /// Notes who came or went.
    void member(String room, String userId, String membership) {
        if (membership.equals("join")) {
            members.add(room + userId);
        } else {
            members.remove(room + userId);
        }
    }

    String someRoom(RandomGenerator random) {
        var all = rooms();
        return all.get(random.nextInt(all.size()));
    }

    /// What was sent to a room by its users, state left out.
    List<Sent> sent(String room) {
        return rooms.getOrDefault(room, List.of());
    }

    void note(String what) {
        log.add(log.size() + " " + what);
    }

    /// Requests may be refused; they may not break.
    TestResponse noted(String what, TestResponse response) {
        var said = response.text();
        note(
                what
                        + " -> "
                        + response.status()
                        + " "
                        + said.substring(0, Math.min(90, said.length())));
        if (response.status() >= 500) {
            throw new AssertionError(what + " broke: " + response);
        }
        return response;
    }

    String createRoom(Person creator, RandomGenerator random, String body) {
        var response =
                noted(
                        creator.name() + " creates " + body,
                        creator.at(random).post("/_matrix/client/v3/createRoom", body));
        var room = response.string("/room_id");
        rooms.put(room, new ArrayList<>());
        member(room, creator.id(), "join");
        return room;
    }

    void sent(String room, Sent event) {
        rooms.computeIfAbsent(room, missing -> new ArrayList<>()).add(event);
    }

    void put(DataKey key, JsonNode content) {
        accountData.put(key, content);
    }

    /// Whom a user ignores.
    Set<String> ignoredBy(Person person) {
        var list = accountData.get(new DataKey(person.id(), GLOBAL, IGNORED));
        return list == null ? Set.of() : Set.copyOf(list.path("ignored_users").propertyNames());
    }

    Map<DataKey, JsonNode> accountData() {
        return accountData;
    }

    void read(Read read) {
        reads.add(read);
    }

    List<Read> reads() {
        return reads;
    }

    RoomHistory history(String room) {
        return RoomHistory.read(replicas.jdbc(), room);
    }

    static JsonNode json(String text) {
        return MAPPER.readTree(text);
    }
}
