package dev.lares.core.room;

import dev.lares.core.log.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class TimelineRepository {
    private final JdbcClient jdbc;

    TimelineRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<TimelineEvent> backward(RoomRef room, Place from, Place to, int limit) {
        var sql =
                """
                SELECT t.depth, t.pos, e.event_nid, e.sender_nid, e.key_nid, e.state_line,
                       e.state_ver, e.flags, e.json, f.hash, f.legacy_id
                FROM (SELECT depth, pos, event_nid
                      FROM timeline
                      WHERE room_nid = :roomNid AND event_nid <> 0
                        AND (depth, pos) <= (:fromDepth, :fromPos)
                        AND (depth, pos) > (:toDepth, :toPos)
                      ORDER BY depth DESC, pos DESC
                      LIMIT :limit) t
                JOIN event e ON e.room_nid = :roomNid AND e.event_nid = t.event_nid
                JOIN event_ref f ON f.event_nid = t.event_nid
                ORDER BY t.depth DESC, t.pos DESC
                """;
        return page(sql, room, from, to, limit);
    }

    List<TimelineEvent> forward(RoomRef room, Place from, Place to, int limit) {
        var sql =
                """
                SELECT t.depth, t.pos, e.event_nid, e.sender_nid, e.key_nid, e.state_line,
                       e.state_ver, e.flags, e.json, f.hash, f.legacy_id
                FROM (SELECT depth, pos, event_nid
                      FROM timeline
                      WHERE room_nid = :roomNid AND event_nid <> 0
                        AND (depth, pos) > (:fromDepth, :fromPos)
                        AND (depth, pos) <= (:toDepth, :toPos)
                      ORDER BY depth, pos
                      LIMIT :limit) t
                JOIN event e ON e.room_nid = :roomNid AND e.event_nid = t.event_nid
                JOIN event_ref f ON f.event_nid = t.event_nid
                ORDER BY t.depth, t.pos
                """;
        return page(sql, room, from, to, limit);
    }

    Optional<Place> placeAt(RoomRef room, Position position) {
        var sql =
                """
                SELECT depth, pos
                FROM timeline
                WHERE room_nid = :roomNid AND pos <= :position AND event_nid <> 0
                ORDER BY pos DESC
                LIMIT 1
                """;
        return jdbc.sql(sql)
                .param("roomNid", room.roomNid())
                .param("position", position.value())
                .query((row, n) -> new Place(row.getLong("depth"), row.getLong("pos")))
                .optional();
    }

    List<TimelineEvent> find(RoomRef room, Collection<Long> eventNids) {
        var sql =
                """
                SELECT t.depth, t.pos, e.event_nid, e.sender_nid, e.key_nid, e.state_line,
                       e.state_ver, e.flags, e.json, f.hash, f.legacy_id
                FROM timeline t
                JOIN event e ON e.room_nid = t.room_nid AND e.event_nid = t.event_nid
                JOIN event_ref f ON f.event_nid = t.event_nid
                WHERE t.room_nid = :roomNid AND t.event_nid <> 0
                  AND t.event_nid = ANY(:eventNids)
                """;
        return jdbc.sql(sql)
                .param("roomNid", room.roomNid())
                .param("eventNids", eventNids.toArray(Long[]::new))
                .query((row, n) -> map(row, room))
                .list();
    }

    /// Newest first within each room.
    List<TimelineEvent> newest(Map<Long, RoomRef> rooms, Position since, Position to, int limit) {
        var sql =
                """
                SELECT r.room_nid, t.depth, t.pos, e.event_nid, e.sender_nid, e.key_nid, e.state_line,
                       e.state_ver, e.flags, e.json, f.hash, f.legacy_id
                FROM unnest(:roomNids::bigint[]) AS r(room_nid)
                CROSS JOIN LATERAL (
                    SELECT depth, pos, event_nid
                    FROM timeline t
                    WHERE t.room_nid = r.room_nid AND t.event_nid <> 0
                      AND t.pos > :since AND t.pos <= :to
                    ORDER BY t.pos DESC
                    LIMIT :limit) t
                JOIN event e ON e.room_nid = r.room_nid AND e.event_nid = t.event_nid
                JOIN event_ref f ON f.event_nid = t.event_nid
                ORDER BY r.room_nid, t.pos DESC
                """;
        return jdbc.sql(sql)
                .param("roomNids", rooms.keySet().toArray(Long[]::new))
                .param("since", since.value())
                .param("to", to.value())
                .param("limit", limit)
                .query((row, n) ->
                        map(row, Objects.requireNonNull(rooms.get(row.getLong("room_nid")))))
                .list();
    }

    Map<Long, Position> lastPositions(Collection<Long> roomNids, Position to) {
        var sql =
                """
                SELECT r.room_nid, t.pos
                FROM unnest(:roomNids::bigint[]) AS r(room_nid)
                CROSS JOIN LATERAL (
                    SELECT pos FROM timeline t
                    WHERE t.room_nid = r.room_nid AND t.pos > 0 AND t.pos <= :to
                    ORDER BY t.pos DESC
                    LIMIT 1) t
                """;
        var found = new HashMap<Long, Position>();
        jdbc.sql(sql)
                .param("roomNids", roomNids.toArray(Long[]::new))
                .param("to", to.value())
                .query(row -> {
                    found.put(row.getLong("room_nid"), new Position(row.getLong("pos")));
                });
        return found;
    }

    Map<Long, Position> lastOfTypes(
            Collection<Long> roomNids, Collection<String> types, Position to) {
        var sql =
                """
                SELECT r.room_nid, b.pos
                FROM unnest(:roomNids::bigint[]) AS r(room_nid)
                CROSS JOIN LATERAL (
                    SELECT t.pos
                    FROM (SELECT pos, event_nid FROM timeline t
                          WHERE t.room_nid = r.room_nid AND t.pos > 0 AND t.pos <= :to
                            AND t.event_nid <> 0
                          ORDER BY t.pos DESC
                          LIMIT 2000) t
                    JOIN event e ON e.room_nid = r.room_nid AND e.event_nid = t.event_nid
                    WHERE e.type = ANY(:types)
                    ORDER BY t.pos DESC
                    LIMIT 1) b
                """;
        var found = new HashMap<Long, Position>();
        jdbc.sql(sql)
                .param("roomNids", roomNids.toArray(Long[]::new))
                .param("types", types.toArray(String[]::new))
                .param("to", to.value())
                .query(row -> {
                    found.put(row.getLong("room_nid"), new Position(row.getLong("pos")));
                });
        return found;
    }

    private List<TimelineEvent> page(String sql, RoomRef room, Place from, Place to, int limit) {
        return jdbc.sql(sql)
                .param("roomNid", room.roomNid())
                .param("fromDepth", from.depth())
                .param("fromPos", from.pos())
                .param("toDepth", to.depth())
                .param("toPos", to.pos())
                .param("limit", limit)
                .query((row, n) -> map(row, room))
                .list();
    }

    private static TimelineEvent map(ResultSet row, RoomRef room) throws SQLException {
        return new TimelineEvent(
                new Place(row.getLong("depth"), row.getLong("pos")),
                EventRepository.map(row, room));
    }
}
