package dev.lares.client.histories;

import dev.lares.client.histories.World.DataKey;
import dev.lares.client.histories.World.Person;
import dev.lares.client.histories.World.Read;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.json.JsonMapper;

/// What users do at random. Much of it is refused, as it would be in life.
final class Actions {
    private static final List<String> VISIBILITIES =
            List.of("world_readable", "shared", "invited", "joined");
    private static final String ROOM = "/_matrix/client/v3/rooms/{roomId}";

    private final World world;
    private final Messages messages;

    Actions(World world) {
        this.world = world;
        messages = new Messages(world);
    }

    /// One room that anybody enters, one for the invited, one that is knocked at; everybody may
    /// invite and set state in the first.
    void createRooms(RandomGenerator random) {
        var people = world.people();
        world.createRoom(
                people.get(0),
                random,
                """
                {"preset": "public_chat", "power_level_content_override": {"state_default": 0, "events": {}}}
                """);
        world.createRoom(people.get(1), random, "{\"preset\": \"private_chat\"}");
        world.createRoom(
                people.get(2),
                random,
                """
                {"preset": "private_chat", "name": "Ring", "initial_state": [
                  {"type": "m.room.join_rules", "state_key": "", "content": {"join_rule": "knock"}},
                  {"type": "m.room.history_visibility", "state_key": "", "content": {"history_visibility": "%s"}}]}
                """
                        .formatted(VISIBILITIES.get(random.nextInt(4))));
    }

    /// Does one thing.
    void act(RandomGenerator random) {
        int dice = random.nextInt(100);
        var room = world.someRoom(random);
        var who = world.someoneIn(room, random);
        if (dice < 38) {
            messages.say(who, room, random);
        } else if (dice < 48) {
            setState(who, room, random);
        } else if (dice < 54) {
            enter(world.someone(random), room, random);
        } else if (dice < 57) {
            membership(who, room, "leave", who, Map.of(), random);
        } else if (dice < 69) {
            onAnother(who, room, random);
        } else if (dice < 75) {
            messages.redact(who, room, random);
        } else if (dice < 85) {
            receipt(who, room, random);
        } else if (dice < 89) {
            markers(who, room, random);
        } else {
            accountData(who, room, random);
        }
    }

    /// Does one thing that has to do with what is unread.
    void talk(RandomGenerator random) {
        int dice = random.nextInt(100);
        var room = world.someRoom(random);
        var who = world.someoneIn(room, random);
        if (dice < 48) {
            messages.say(who, room, random);
        } else if (dice < 62) {
            messages.redact(who, room, random);
        } else if (dice < 78) {
            receipt(who, room, random);
        } else if (dice < 82) {
            markers(who, room, random);
        } else if (dice < 92) {
            enter(world.someone(random), room, random);
        } else if (dice < 95) {
            membership(who, room, "leave", who, Map.of(), random);
        } else {
            ignore(who, world.someone(random), random);
        }
    }

    /// Does one thing that has to do with who sees what.
    void comeAndGo(RandomGenerator random) {
        int dice = random.nextInt(100);
        var room = world.someRoom(random);
        var who = world.someoneIn(room, random);
        if (dice < 40) {
            messages.say(who, room, random);
        } else if (dice < 60) {
            var visibility = VISIBILITIES.get(random.nextInt(VISIBILITIES.size()));
            var content = Map.of("history_visibility", visibility);
            state(who, room, "m.room.history_visibility", "", content, random);
        } else if (dice < 74) {
            enter(world.someone(random), room, random);
        } else if (dice < 82) {
            membership(who, room, "leave", who, Map.of(), random);
        } else {
            onAnother(who, room, random);
        }
    }

    /// Ignores one user, or nobody any more.
    private void ignore(Person who, Person whom, RandomGenerator random) {
        boolean nobody = who.id().equals(whom.id());
        var list = Map.of("ignored_users", nobody ? Map.of() : Map.of(whom.id(), Map.of()));
        var response =
                world.noted(
                        who.name() + " ignores " + (nobody ? "nobody" : whom.name()),
                        who.at(random)
                                .put(
                                        "/_matrix/client/v3/user/{userId}/account_data/{type}",
                                        who.id(),
                                        World.IGNORED,
                                        list));
        if (response.status() == 200) {
            var key = new DataKey(who.id(), World.GLOBAL, World.IGNORED);
            world.put(key, new JsonMapper().valueToTree(list));
        }
    }

    private void setState(Person who, String room, RandomGenerator random) {
        int dice = random.nextInt(12);
        int value = random.nextInt(1000);
        if (dice < 3) {
            state(who, room, "m.room.name", "", Map.of("name", "name " + value), random);
        } else if (dice < 5) {
            state(who, room, "m.room.topic", "", Map.of("topic", "topic " + value), random);
        } else if (dice < 8) {
            var key = "key " + random.nextInt(3);
            state(who, room, "org.example.thing", key, Map.of("value", value), random);
        } else if (dice < 10) {
            var visibility = VISIBILITIES.get(random.nextInt(VISIBILITIES.size()));
            var content = Map.of("history_visibility", visibility);
            state(who, room, "m.room.history_visibility", "", content, random);
        } else {
            var profile = Map.of("membership", "join", "displayname", "called " + value);
            state(who, room, "m.room.member", who.id(), profile, random);
        }
    }

    private void state(
            Person who,
            String room,
            String type,
            String key,
            Map<String, ?> content,
            RandomGenerator random) {
        world.noted(
                who.name() + " sets " + type + " " + content + " in " + room,
                who.at(random).put(ROOM + "/state/{type}/{key}", room, type, key, content));
    }

    private void enter(Person who, String room, RandomGenerator random) {
        var response =
                world.noted(
                        who.name() + " joins " + room,
                        who.at(random).post(ROOM + "/join", room, "{}"));
        if (response.status() == 200) {
            world.member(room, who.id(), "join");
        } else {
            world.noted(
                    who.name() + " knocks at " + room,
                    who.at(random).post("/_matrix/client/v3/knock/{roomId}", room, "{}"));
        }
    }

    private void onAnother(Person who, String room, RandomGenerator random) {
        var other = world.someone(random);
        var action = List.of("invite", "invite", "invite", "kick", "ban", "unban", "unban");
        var body = Map.of("user_id", other.id());
        membership(who, room, action.get(random.nextInt(action.size())), other, body, random);
    }

    private void membership(
            Person who,
            String room,
            String action,
            Person whose,
            Map<String, ?> body,
            RandomGenerator random) {
        var response =
                world.noted(
                        who.name() + " " + action + " " + whose.name() + " in " + room,
                        who.at(random).post(ROOM + "/" + action, room, body));
        if (response.status() == 200) {
            world.member(room, whose.id(), action);
        }
    }

    private void receipt(Person who, String room, RandomGenerator random) {
        var sent = world.sent(room);
        if (sent.isEmpty()) {
            return;
        }
        // Most read what is new; some receipts lead back.
        int last = sent.size() - 1;
        var event = sent.get(random.nextInt(3) > 0 ? last : random.nextInt(sent.size()));
        var type = random.nextInt(4) > 0 ? "m.read" : "m.read.private";
        var inThread = event.thread().isEmpty() ? "main" : event.thread();
        var thread = random.nextBoolean() ? "" : inThread;
        var response =
                world.noted(
                        who.name() + " " + type + " of '" + thread + "' in " + room + ": " + event,
                        who.at(random)
                                .post(
                                        ROOM + "/receipt/{type}/{eventId}",
                                        room,
                                        type,
                                        event.eventId(),
                                        thread.isEmpty() ? Map.of() : Map.of("thread_id", thread)));
        if (response.status() == 200) {
            world.read(new Read(room, who.id(), type, thread, event.eventId()));
        }
    }

    private void markers(Person who, String room, RandomGenerator random) {
        var sent = world.sent(room);
        if (sent.isEmpty()) {
            return;
        }
        var read = sent.get(random.nextInt(sent.size())).eventId();
        var fully = sent.get(random.nextInt(sent.size())).eventId();
        var response =
                world.noted(
                        who.name() + " marks " + read + " and " + fully + " in " + room,
                        who.at(random)
                                .post(
                                        ROOM + "/read_markers",
                                        room,
                                        Map.of("m.read", read, "m.fully_read", fully)));
        if (response.status() == 200) {
            world.read(new Read(room, who.id(), "m.read", "", read));
            var content = World.json("{\"event_id\":\"" + fully + "\"}");
            world.put(new DataKey(who.id(), room, "m.fully_read"), content);
        }
    }

    private void accountData(Person who, String room, RandomGenerator random) {
        var content = "{\"value\":" + random.nextInt(1000) + "}";
        var type = "org.example.data" + random.nextInt(3);
        var path = "/_matrix/client/v3/user/{userId}";
        boolean global = random.nextInt(3) == 0;
        var response =
                world.noted(
                        who.name() + " keeps " + type + (global ? "" : " of " + room),
                        global
                                ? who.at(random)
                                        .put(path + "/account_data/{type}", who.id(), type, content)
                                : who.at(random)
                                        .put(
                                                path + "/rooms/{roomId}/account_data/{type}",
                                                who.id(),
                                                room,
                                                type,
                                                content));
        if (response.status() == 200) {
            var key = new DataKey(who.id(), global ? World.GLOBAL : room, type);
            world.put(key, World.json(content));
        }
    }
}
