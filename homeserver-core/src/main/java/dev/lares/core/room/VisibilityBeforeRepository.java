package dev.lares.core.room;

import dev.lares.core.json.JsonRules;
import dev.lares.core.json.JsonText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.node.ObjectNode;

/// Reads how visible the history was at events of many rooms.
@Repository
class VisibilityBeforeRepository {
    private final JdbcClient jdbc;

    VisibilityBeforeRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The visibility before each of the events that a timeline shows and whose state is known; the
    /// others are missing.
    Map<Long, HistoryVisibility> find(Map<RoomRef, ? extends Collection<StoredEvent>> events) {
        var sql =
                """
                WITH RECURSIVE probe AS (
                    SELECT w.room_nid, w.event_nid AS of_nid, k.key_nid, w.line, w.ver, e.event_nid
                    FROM unnest(:roomNids::bigint[], :eventNids::bigint[], :lines::int[], :vers::int[])
                             AS w(room_nid, event_nid, line, ver)
                    LEFT JOIN state_key k
                      ON k.room_nid = w.room_nid AND k.type = 'm.room.history_visibility' AND k.state_key = ''
                    LEFT JOIN LATERAL (
                        SELECT s.event_nid
                        FROM state_entry s
                        WHERE s.room_nid = w.room_nid AND s.line = w.line
                          AND s.key_nid = k.key_nid AND s.ver <= w.ver
                        ORDER BY s.ver DESC
                        LIMIT 1) e ON true
                    WHERE EXISTS (SELECT FROM timeline t
                                  WHERE t.room_nid = w.room_nid AND t.event_nid = w.event_nid AND t.event_nid <> 0)
                    UNION ALL
                    SELECT p.room_nid, p.of_nid, p.key_nid, l.parent_line, l.parent_ver, e.event_nid
                    FROM probe p
                    JOIN state_line l
                      ON l.room_nid = p.room_nid AND l.line = p.line AND l.parent_line IS NOT NULL
                    LEFT JOIN LATERAL (
                        SELECT s.event_nid
                        FROM state_entry s
                        WHERE s.room_nid = p.room_nid AND s.line = l.parent_line
                          AND s.key_nid = p.key_nid AND s.ver <= l.parent_ver
                        ORDER BY s.ver DESC
                        LIMIT 1) e ON true
                    WHERE p.event_nid IS NULL
                )
                SELECT p.of_nid, v.json
                FROM probe p
                LEFT JOIN event v ON v.room_nid = p.room_nid AND v.event_nid = p.event_nid
                """;
        var roomNids = new ArrayList<Long>();
        var eventNids = new ArrayList<Long>();
        var lines = new ArrayList<Integer>();
        var vers = new ArrayList<Integer>();
        events.forEach((room, all) -> {
            for (var event : all) {
                roomNids.add(room.roomNid());
                eventNids.add(event.nid());
                lines.add(event.stateLine());
                vers.add(event.stateVer());
            }
        });
        var found = new HashMap<Long, HistoryVisibility>();
        jdbc.sql(sql)
                .param("roomNids", roomNids.toArray(Long[]::new))
                .param("eventNids", eventNids.toArray(Long[]::new))
                .param("lines", lines.toArray(Integer[]::new))
                .param("vers", vers.toArray(Integer[]::new))
                .query(row -> {
                    var json = row.getBytes("json");
                    long nid = row.getLong("of_nid");
                    if (json == null) {
                        // A place that is empty on a line may have something on its parent.
                        found.putIfAbsent(nid, HistoryVisibility.of(Optional.empty()));
                    } else {
                        var event = JsonText.parseObject(json, JsonRules.LAX);
                        found.put(
                                nid,
                                HistoryVisibility.of(
                                        Optional.ofNullable((ObjectNode) event.get("content"))));
                    }
                });
        return found;
    }
}
