package dev.lares.client.histories;

import dev.lares.client.histories.ClientRoom.Counts;
import dev.lares.client.histories.RoomHistory.Event;
import dev.lares.client.histories.RoomHistory.Key;
import dev.lares.client.histories.World.Read;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Counts what is unread one event after another ([receiving
/// notifications](https://spec.matrix.org/v1.19/client-server-api/#receiving-notifications)).
record UnreadRecount(Map<String, Counts> byThread) {
    private static final String MAIN = "main";

    /// @param reads receipts of the user in the room, in any order
    /// @param ignored users whose events do not count
    static UnreadRecount of(
            RoomHistory room, String userId, List<Read> reads, Set<String> ignored) {
        int joined = room.newestJoin(userId, -1, room.events().size() - 1);
        var readUpTo = new HashMap<String, Integer>();
        for (var read : reads) {
            readUpTo.merge(read.thread(), room.event(read.eventId()).index(), Math::max);
        }
        int everything = Math.max(joined, readUpTo.getOrDefault("", -1));
        var redacted = room.redacted();
        var counts = new HashMap<String, Counts>();
        for (var event : room.events()) {
            var thread = thread(event);
            int read = Math.max(everything, readUpTo.getOrDefault(thread, -1));
            if (event.index() <= read
                    || event.sender().equals(userId)
                    || ignored.contains(event.sender())
                    || redacted.contains(event.id())) {
                continue;
            }
            var verdict = verdict(event, room, userId);
            if (verdict.notifications() > 0) {
                counts.merge(thread, verdict, (a, b) -> a.plus(b.notifications(), b.highlights()));
            }
        }
        return new UnreadRecount(counts);
    }

    Counts main() {
        return byThread.getOrDefault(MAIN, Counts.NONE);
    }

    Map<String, Counts> threads() {
        var threads = new HashMap<>(byThread);
        threads.remove(MAIN);
        return threads;
    }

    Counts total() {
        return byThread.values().stream()
                .reduce(Counts.NONE, (a, b) -> a.plus(b.notifications(), b.highlights()));
    }

    private static String thread(Event event) {
        var relates = event.content().path("m.relates_to");
        return relates.path("rel_type").asString("").equals("m.thread")
                ? relates.path("event_id").asString(MAIN)
                : MAIN;
    }

    /// The [predefined rules](https://spec.matrix.org/v1.19/client-server-api/#predefined-rules) in
    /// their order.
    private static Counts verdict(Event event, RoomHistory room, String userId) {
        var content = event.content();
        if (content.path("msgtype").asString("").equals("m.notice")
                || event.type().equals("m.room.member")) {
            return Counts.NONE;
        }
        var mentions = content.path("m.mentions");
        boolean me =
                mentions.path("user_ids")
                        .valueStream()
                        .anyMatch(id -> id.asString("").equals(userId));
        boolean all = mentions.path("room").asBoolean(false) && mayNotifyAll(event, room);
        if (me || all || event.type().equals("m.room.tombstone")) {
            return new Counts(1, 1);
        }
        boolean edit =
                content.path("m.relates_to").path("rel_type").asString("").equals("m.replace");
        boolean message =
                Set.of("m.room.message", "m.room.encrypted", "m.call.invite")
                        .contains(event.type());
        return message && !edit ? new Counts(1, 0) : Counts.NONE;
    }

    private static boolean mayNotifyAll(Event event, RoomHistory room) {
        var state = room.stateBefore(event.index());
        var create = state.get(new Key("m.room.create", ""));
        var levels = state.get(new Key("m.room.power_levels", ""));
        if (create == null || levels == null) {
            return true; // before there are levels the creator may do all
        }
        boolean creator =
                create.sender().equals(event.sender())
                        && create.content().path("room_version").asString("").equals("12");
        JsonNode users = levels.content().path("users");
        long power =
                users.path(event.sender()).asLong(levels.content().path("users_default").asLong(0));
        return creator || power >= levels.content().path("notifications").path("room").asLong(50);
    }
}
