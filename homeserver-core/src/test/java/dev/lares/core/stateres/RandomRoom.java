package dev.lares.core.stateres;

import dev.lares.core.auth.AuthEventSelection;
import dev.lares.core.auth.EventAuthorizer;
import dev.lares.core.event.EventDraft;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.id.UserId;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.testdata.PduBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A room that grows by chance: servers fork it, ban one another, fight for power levels, change
/// the join rules, and merge again what they can.
final class RandomRoom {
    private static final List<String> USERS =
            List.of(
                    "@creator:a.example",
                    "@admin:a.example",
                    "@rival:b.example",
                    "@mod:b.example",
                    "@user:c.example",
                    "@guest:c.example");
    private static final List<String> JOIN_RULES =
            List.of("public", "public", "invite", "knock", "restricted");
    private static final int[] LEVELS = {0, 25, 50, 50, 75, 100, 100};
    private static final int HEADS_MAX = 4;

    private final Random random;
    private final RoomVersion version;
    private final PduBuilder builder;
    private final Map<EventId, Pdu> events = new LinkedHashMap<>();
    private final Set<EventId> rejected = new HashSet<>();
    private final List<Head> heads = new ArrayList<>();

    /// Every state that the room was in somewhere.
    private final List<Map<StateKey, EventId>> states = new ArrayList<>();

    private RandomRoom(RoomVersion version, Random random) {
        this.version = version;
        this.random = random;
        this.builder = PduBuilder.room(version.id());
    }

    static RandomRoom grow(RoomVersion version, int size, Random random) {
        var room = new RandomRoom(version, random);
        room.found();
        while (room.events.size() < size) {
            room.step();
        }
        return room;
    }

    TestRoom room() {
        return new TestRoom(version, events.values(), rejected);
    }

    /// Between two and five states of the room, and perhaps one that never was.
    List<Set<EventId>> states() {
        var chosen =
                IntStream.range(0, 2 + random.nextInt(4))
                        .mapToObj(i -> states.get(random.nextInt(states.size())))
                        .toList();
        if (random.nextInt(4) > 0) {
            return chosen.stream().map(RandomRoom::ids).toList();
        }
        var mixed = new HashMap<StateKey, EventId>();
        for (var state : chosen) {
            state.forEach((key, event) -> {
                if (random.nextBoolean() || key.type().equals("m.room.create")) {
                    mixed.put(key, event);
                }
            });
        }
        var all = chosen.stream().map(RandomRoom::ids).collect(Collectors.toList());
        all.add(ids(mixed));
        return all;
    }

    private static Set<EventId> ids(Map<StateKey, EventId> state) {
        return new HashSet<>(state.values());
    }

    private void found() {
        var creator = USERS.getFirst();
        var create =
                version.rules().creatorInContent()
                        ? "{\"creator\":\"" + creator + "\"}"
                        : "{\"additional_creators\":[]}";
        append(List.of(), new HashMap<>(), "m.room.create", "", creator, create);
        step(creator, "m.room.member", creator, "{\"membership\":\"join\"}");
        if (random.nextInt(8) > 0) {
            step(creator, "m.room.power_levels", "", powerLevels());
        }
        step(creator, "m.room.join_rules", "", "{\"join_rule\":\"public\"}");
        for (var user : USERS.subList(1, USERS.size())) {
            if (random.nextInt(4) > 0) {
                step(user, "m.room.member", user, "{\"membership\":\"join\"}");
            }
        }
    }

    private void step() {
        var sender = pick(USERS);
        var target = pick(USERS);
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> step(sender, "m.room.power_levels", "", powerLevels());
            case 3, 4 -> step(sender, "m.room.member", target, "{\"membership\":\"ban\"}");
            case 5 -> step(sender, "m.room.member", target, "{\"membership\":\"leave\"}");
            case 6, 7 -> step(sender, "m.room.member", sender, "{\"membership\":\"join\"}");
            case 8 -> step(sender, "m.room.member", target, "{\"membership\":\"invite\"}");
            case 9 ->
                    step(
                            sender,
                            "m.room.join_rules",
                            "",
                            "{\"join_rule\":\"" + pick(JOIN_RULES) + "\"}");
            default ->
                    step(
                            sender,
                            pick(List.of("m.room.topic", "m.room.name")),
                            "",
                            "{\"text\":\"" + events.size() + "\"}");
        }
    }

    private String powerLevels() {
        var users =
                USERS.stream()
                        .skip(version.rules().privilegedCreators() ? 1 : 0)
                        .filter(user -> user.equals(USERS.getFirst()) || random.nextInt(3) > 0)
                        .map(user -> "\"" + user + "\":" + levelOf(user))
                        .collect(Collectors.joining(","));
        return "{\"users\":{%s},\"state_default\":%d,\"ban\":%d,\"invite\":%d}"
                .formatted(
                        users,
                        LEVELS[random.nextInt(4)],
                        LEVELS[random.nextInt(5)],
                        LEVELS[random.nextInt(3)]);
    }

    private int levelOf(String user) {
        return user.equals(USERS.getFirst()) && random.nextInt(10) > 0
                ? 100
                : LEVELS[random.nextInt(LEVELS.length)];
    }

    /// Lets a server send the event on one head, which may stay for others to build on, or on two.
    private void step(String sender, String type, String stateKey, String content) {
        var first = heads.get(random.nextInt(heads.size()));
        var merged = new ArrayList<>(List.of(first));
        if (heads.size() > 1 && random.nextInt(4) == 0) {
            heads.stream().filter(head -> head != first).findAny().ifPresent(merged::add);
        }
        boolean forks = heads.size() < HEADS_MAX && merged.size() == 1 && random.nextInt(3) == 0;
        if (!forks) {
            heads.removeAll(merged);
        }
        append(merged, stateBefore(merged), type, stateKey, sender, content);
        if (heads.isEmpty()) {
            heads.add(first);
        }
    }

    private Map<StateKey, EventId> stateBefore(List<Head> merged) {
        if (merged.size() == 1) {
            return merged.getFirst().state();
        }
        var resolved =
                room().resolve(merged.stream().map(h -> ids(h.state())).toList(), new Random(0));
        return resolved.stream()
                .collect(Collectors.toMap(id -> TestRoom.key(events.get(id)), id -> id));
    }

    private void append(
            List<Head> prev,
            Map<StateKey, EventId> before,
            String type,
            String stateKey,
            String sender,
            String content) {
        var draft =
                EventDraft.state(new UserId(sender), type, stateKey, PduBuilder.object(content));
        var authEvents =
                AuthEventSelection.of(draft, version.rules()).stream()
                        .flatMap(key -> Optional.ofNullable(before.get(key)).stream())
                        .toList();
        var event =
                builder.make(
                        draft,
                        // Clocks differ, and now and then two events come at the same time.
                        events.size() + random.nextInt(20),
                        prev.stream().mapToLong(head -> head.event().depth()).max().orElse(0) + 1,
                        prev.stream().map(head -> head.event().eventId()).toList(),
                        authEvents,
                        random);
        var decision =
                EventAuthorizer.check(
                        event, key -> Optional.ofNullable(before.get(key)).map(events::get));
        if (!decision.isAllowed() && random.nextInt(10) > 0) {
            heads.addAll(prev.stream().filter(head -> !heads.contains(head)).toList());
            return;
        }
        events.put(event.eventId(), event);
        var after = new HashMap<>(before);
        after.put(new StateKey(type, stateKey), event.eventId());
        if (decision.isAllowed()) {
            heads.add(new Head(event, after));
        } else {
            // A server that saw another state accepted it, so it can be in states.
            rejected.add(event.eventId());
            heads.addAll(prev.stream().filter(head -> !heads.contains(head)).toList());
        }
        states.add(after);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    Collection<Pdu> events() {
        return events.values();
    }

    private record Head(Pdu event, Map<StateKey, EventId> state) {}
}
