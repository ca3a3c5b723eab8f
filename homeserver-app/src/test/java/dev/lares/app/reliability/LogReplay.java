package dev.lares.app.reliability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the tables say happened, in the order of the log, replayed in the simplest way that there
/// is: events in a row, and of each state the last one.
record LogReplay(Map<String, List<String>> timelines, Map<String, Map<String, String>> states) {
    static LogReplay of(JdbcClient jdbc, List<String> rooms) {
        var sql =
                """
                SELECT r.room_id, e.type,
                       '$' || rtrim(translate(encode(f.hash, 'base64'), '+/', '-_'), '=') AS event_id,
                       convert_from(e.json, 'UTF8')::json ->> 'state_key' AS state_key
                FROM timeline t
                JOIN room r ON r.room_nid = t.room_nid
                JOIN event e ON e.room_nid = t.room_nid AND e.event_nid = t.event_nid
                JOIN event_ref f ON f.event_nid = t.event_nid
                WHERE t.pos > 0 AND r.room_id IN (:rooms)
                ORDER BY t.pos
                """;
        var timelines = new HashMap<String, List<String>>();
        var states = new HashMap<String, Map<String, String>>();
        jdbc.sql(sql)
                .param("rooms", rooms)
                .query(row -> {
                    var roomId = row.getString("room_id");
                    var eventId = row.getString("event_id");
                    timelines.computeIfAbsent(roomId, id -> new ArrayList<>()).add(eventId);
                    var stateKey = row.getString("state_key");
                    if (stateKey != null) {
                        states.computeIfAbsent(roomId, id -> new HashMap<>())
                                .put(row.getString("type") + " " + stateKey, eventId);
                    }
                });
        return new LogReplay(timelines, states);
    }
}
