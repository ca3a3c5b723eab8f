package dev.lares.core.append;

import dev.lares.core.event.EventDraft;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.id.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/// What servers elsewhere do in a room, by chance: they fork it, often from long ago, merge it,
/// fight for power, ban one another, and now and then send what they may not.
final class RandomGraph {
    private static final List<UserId> USERS =
            List.of(
                    Foreign.user("admin"),
                    new UserId("@rival:other.example"),
                    Foreign.user("mod"),
                    new UserId("@guest:other.example"));
    private static final int[] LEVELS = {0, 50, 50, 100};

    private final ForeignRoom room;
    private final Random random;
    private final List<Pdu> made = new ArrayList<>();
    private long ts = 10_000;

    private RandomGraph(ForeignRoom room, Random random) {
        this.room = room;
        this.random = random;
    }

    /// Adds events to the room's model, none of which has arrived.
    static List<Pdu> grow(ForeignRoom room, int size, Random random) {
        var graph = new RandomGraph(room, random);
        for (var user : USERS) {
            graph.on(room.model().leaves().subList(0, 1), Rooms.member(user, user, "join"));
        }
        graph.on(room.model().leaves(), room.powerOf(USERS.subList(0, 2)));
        while (graph.made.size() < size) {
            graph.step();
        }
        return graph.made;
    }

    /// An event that merges all that is left open.
    static Pdu merge(ForeignRoom room, long ts) {
        var leaves = room.model().leaves();
        var last = leaves.subList(Math.max(0, leaves.size() - 20), leaves.size());
        return room.add(
                Foreign.make(
                        room.ref(),
                        Rooms.message(room.alice(), "all of it"),
                        last,
                        room.model().stateOn(last),
                        ts));
    }

    /// The events in an order in which each comes after what it cites.
    static List<Pdu> shuffled(List<Pdu> events, Random random) {
        var left = new ArrayList<>(events);
        var inside = new HashSet<EventId>();
        events.forEach(event -> inside.add(event.eventId()));
        var order = new ArrayList<Pdu>();
        while (!left.isEmpty()) {
            Collections.shuffle(left, random);
            var next =
                    left.stream()
                            .filter(event ->
                                    event.prevEvents().stream().noneMatch(inside::contains))
                            .filter(event ->
                                    event.authEvents().stream().noneMatch(inside::contains))
                            .findFirst()
                            .orElseThrow();
            left.remove(next);
            inside.remove(next.eventId());
            order.add(next);
        }
        return order;
    }

    private void step() {
        var sender = pick(USERS);
        var target = pick(USERS);
        on(
                prevs(),
                switch (random.nextInt(12)) {
                    case 0, 1 -> power(sender);
                    case 2, 3 -> Rooms.member(sender, target, "ban");
                    case 4 -> Rooms.member(sender, target, "leave");
                    case 5, 6 -> Rooms.member(sender, sender, "join");
                    case 7 -> Rooms.member(sender, target, "invite");
                    case 8 ->
                            EventDraft.state(
                                    sender,
                                    "m.room.join_rules",
                                    "",
                                    Rooms.json(
                                            "{\"join_rule\":\"%s\"}"
                                                    .formatted(pick(List.of("public", "invite")))));
                    case 9, 10 ->
                            EventDraft.state(
                                    sender,
                                    pick(List.of("m.room.topic", "m.room.name", "x.kept")),
                                    pick(List.of("", "a")),
                                    Rooms.json("{\"n\":%d}".formatted(made.size())));
                    default -> Rooms.message(sender, "m" + made.size());
                });
    }

    private EventDraft power(UserId sender) {
        var levels =
                USERS.stream()
                        .map(user ->
                                "\"%s\":%d"
                                        .formatted(
                                                user.value(),
                                                LEVELS[random.nextInt(LEVELS.length)]))
                        .collect(Collectors.toList());
        if (!room.ref().version().rules().privilegedCreators()) {
            levels.add("\"%s\":100".formatted(room.alice().value()));
        }
        return EventDraft.state(
                sender,
                "m.room.power_levels",
                "",
                Rooms.json("{\"users\":{%s}}".formatted(String.join(",", levels))));
    }

    private List<Pdu> prevs() {
        var open = room.model().leaves();
        // Forks must not become so many that nothing can merge them.
        if (open.size() < 6 && random.nextInt(3) == 0) {
            return List.of(made.get(random.nextInt(made.size())));
        }
        var chosen = new ArrayList<>(open);
        Collections.shuffle(chosen, random);
        return List.copyOf(chosen.subList(0, Math.min(chosen.size(), 1 + random.nextInt(3))));
    }

    private void on(List<Pdu> prevs, EventDraft draft) {
        Map<StateKey, Pdu> state = room.model().stateOn(prevs);
        if (random.nextInt(12) == 0) {
            // Cites what allowed it elsewhere.
            state = room.model().stateOn(List.of(prevs.getFirst()));
        }
        if (random.nextInt(20) == 0) {
            state.remove(new StateKey("m.room.power_levels", ""));
        }
        var pdu = Foreign.make(room.ref(), draft, prevs, state, ts + random.nextInt(30));
        if (!room.model().contains(pdu.eventId())) {
            ts++;
            // Most servers do not send what they may not.
            if (room.model().wouldReject(pdu) && random.nextInt(4) > 0) {
                return;
            }
            made.add(room.add(pdu));
        }
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
