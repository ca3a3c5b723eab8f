package dev.lares.client.histories;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// All events of a room in their order, from the tables of bodies and places alone, and what
/// follows from them by the letter of the specification. No event has a fork before it: the state
/// is what the events before it say.
final class RoomHistory {
    private static final String MEMBER = "m.room.member";
    private static final Key VISIBILITY = new Key("m.room.history_visibility", "");

    private final List<Event> events;
    private final Map<String, Event> byId = new HashMap<>();
    private final List<Map<Key, Event>> stateBefore = new ArrayList<>();

    private RoomHistory(List<Event> events) {
        this.events = events;
        var state = new HashMap<Key, Event>();
        for (var event : events) {
            byId.put(event.id(), event);
            stateBefore.add(Map.copyOf(state));
            event.key().ifPresent(key -> state.put(key, event));
        }
        stateBefore.add(Map.copyOf(state));
    }

    record Key(String type, String stateKey) {
        static Key member(String userId) {
            return new Key(MEMBER, userId);
        }

        boolean isMember() {
            return type.equals(MEMBER);
        }
    }

    /// @param index place among the room's events
    record Event(int index, String id, JsonNode json) {
        String type() {
            return json.path("type").stringValue();
        }

        String sender() {
            return json.path("sender").stringValue();
        }

        JsonNode content() {
            return json.path("content");
        }

        Optional<Key> key() {
            return json.has("state_key")
                    ? Optional.of(new Key(type(), json.path("state_key").stringValue()))
                    : Optional.empty();
        }

        String membership() {
            return content().path("membership").asString("leave");
        }

        /// The event that a redaction names, wherever the room version puts it.
        Optional<String> redacts() {
            if (!type().equals("m.room.redaction")) {
                return Optional.empty();
            }
            var top = json.path("redacts");
            return Optional.of((top.isString() ? top : content().path("redacts")).asString(""));
        }
    }

    static RoomHistory read(JdbcClient jdbc, String room) {
        var sql =
                """
                SELECT encode(r.hash, 'hex') AS hash, convert_from(e.json, 'UTF8') AS json
                FROM timeline t
                JOIN event e ON e.room_nid = t.room_nid AND e.event_nid = t.event_nid
                JOIN event_ref r ON r.event_nid = t.event_nid
                WHERE t.room_nid = (SELECT room_nid FROM room WHERE room_id = :room)
                ORDER BY t.pos
                """;
        var events = new ArrayList<Event>();
        jdbc.sql(sql)
                .param("room", room)
                .query(row -> {
                    var hash = HexFormat.of().parseHex(row.getString("hash"));
                    var id = "$" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
                    events.add(new Event(events.size(), id, World.json(row.getString("json"))));
                });
        return new RoomHistory(events);
    }

    List<Event> events() {
        return events;
    }

    Event event(String id) {
        var event = byId.get(id);
        if (event == null) {
            throw new AssertionError("the room has no event " + id);
        }
        return event;
    }

    Map<Key, Event> stateBefore(int index) {
        return stateBefore.get(index);
    }

    Map<Key, Event> stateAfter(int index) {
        return stateBefore.get(index + 1);
    }

    /// The current state.
    Map<Key, Event> state() {
        return stateBefore.getLast();
    }

    /// `leave` also for who never was there.
    String membership(String userId) {
        return membership(state(), userId);
    }

    private static String membership(Map<Key, Event> state, String userId) {
        var event = state.get(Key.member(userId));
        return event == null ? "leave" : event.membership();
    }

    long count(String membership) {
        return state().entrySet().stream()
                .filter(entry -> entry.getKey().isMember())
                .filter(entry -> entry.getValue().membership().equals(membership))
                .count();
    }

    /// Where the user came into the room for the last time in a stretch; -1 where they did not.
    int newestJoin(String userId, int after, int upTo) {
        for (int i = upTo; i > after; i--) {
            var event = events.get(i);
            if (event.key().equals(Optional.of(Key.member(userId)))
                    && event.membership().equals("join")
                    && !membership(stateBefore(i), userId).equals("join")) {
                return i;
            }
        }
        return -1;
    }

    /// Where the user's last time in the room ended; -1 where they never were there.
    int newestLeave(String userId) {
        int leave = -1;
        for (var event : events) {
            if (membership(stateBefore(event.index()), userId).equals("join")
                    && !membership(stateAfter(event.index()), userId).equals("join")) {
                leave = event.index();
            }
        }
        return leave;
    }

    /// The events that redactions have taken something from.
    Set<String> redacted() {
        var redacted = new HashSet<String>();
        events.forEach(event -> event.redacts().ifPresent(redacted::add));
        return redacted;
    }

    /// What a user may see of the room now ([server
    /// behaviour](https://spec.matrix.org/v1.19/client-server-api/#server-behaviour-5)).
    List<Event> visibleTo(String userId) {
        int lastJoin = newestJoin(userId, -1, events.size() - 1);
        boolean joined = membership(userId).equals("join");
        return events.stream()
                .filter(event -> isVisible(event, userId, joined || lastJoin > event.index()))
                .toList();
    }

    private boolean isVisible(Event event, String userId, boolean joinedLater) {
        var before = stateBefore(event.index());
        var after = stateAfter(event.index());
        for (var visibility : List.of(visibility(before), visibility(after))) {
            for (var membership : List.of(membership(before, userId), membership(after, userId))) {
                if (allows(visibility, membership, joinedLater)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean allows(String visibility, String membership, boolean joinedLater) {
        return visibility.equals("world_readable")
                || membership.equals("join")
                || (visibility.equals("shared") && joinedLater)
                || (visibility.equals("invited") && membership.equals("invite"));
    }

    private static String visibility(Map<Key, Event> state) {
        var event = state.get(VISIBILITY);
        return event == null
                ? "shared"
                : event.content().path("history_visibility").asString("shared");
    }
}
