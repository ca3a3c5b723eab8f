package dev.lares.core.room;

import dev.lares.core.log.Position;
import dev.lares.core.room.TimelineRow.PushException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class TimelineRowRepository {
    private final JdbcClient jdbc;

    TimelineRowRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Newest first within each room.
    ///
    /// @param since of each room, the position behind which rows count
    List<TimelineRow> newest(
            Map<Long, RoomRef> rooms, Map<Long, Position> since, Position to, int limit) {
        var sql =
                """
                SELECT r.room_nid, t.depth, t.pos, t.main_ver, t.notif_seq, t.hl_seq, t.sender_nid AS counted_nid,
                       (SELECT h.root_nid FROM timeline_thread h
                        WHERE h.room_nid = r.room_nid AND h.pos = t.pos LIMIT 1) AS root_nid,
                       e.event_nid, e.sender_nid, e.key_nid, e.state_line, e.state_ver, e.flags, e.json,
                       f.hash, f.legacy_id
                FROM unnest(:roomNids::bigint[], :since::bigint[]) AS r(room_nid, since)
                CROSS JOIN LATERAL (
                    SELECT t.depth, t.pos, t.main_ver, t.notif_seq, t.hl_seq, t.sender_nid, t.event_nid
                    FROM timeline t
                    WHERE t.room_nid = r.room_nid AND t.pos > r.since AND t.pos <= :to
                    ORDER BY t.pos DESC
                    LIMIT :limit) t
                LEFT JOIN event e ON e.room_nid = r.room_nid AND e.event_nid = t.event_nid
                LEFT JOIN event_ref f ON f.event_nid = e.event_nid
                ORDER BY r.room_nid, t.pos DESC
                """;
        var wanted = List.copyOf(since.entrySet());
        return jdbc.sql(sql)
                .param("roomNids", wanted.stream().map(Map.Entry::getKey).toArray(Long[]::new))
                .param(
                        "since",
                        wanted.stream().map(room -> room.getValue().value()).toArray(Long[]::new))
                .param("to", to.value())
                .param("limit", limit)
                .query((row, n) ->
                        map(row, Objects.requireNonNull(rooms.get(row.getLong("room_nid")))))
                .list();
    }

    /// What rows in (since, to] count for single users, by position.
    Map<Long, List<PushException>> exceptions(Map<Long, Position> since, Position to) {
        var sql =
                """
                SELECT p.pos, p.user_nid, p.root_nid, p.notify, p.highlight
                FROM unnest(:roomNids::bigint[], :since::bigint[]) AS r(room_nid, since)
                JOIN push_exception p
                  ON p.room_nid = r.room_nid AND p.pos > r.since AND p.pos <= :to
                """;
        var wanted = List.copyOf(since.entrySet());
        var found = new HashMap<Long, List<PushException>>();
        jdbc.sql(sql)
                .param("roomNids", wanted.stream().map(Map.Entry::getKey).toArray(Long[]::new))
                .param(
                        "since",
                        wanted.stream().map(room -> room.getValue().value()).toArray(Long[]::new))
                .param("to", to.value())
                .query(row -> {
                    found.computeIfAbsent(row.getLong("pos"), pos -> new ArrayList<>())
                            .add(
                                    new PushException(
                                            row.getLong("user_nid"),
                                            row.getLong("root_nid"),
                                            row.getInt("notify"),
                                            row.getInt("highlight")));
                });
        return found;
    }

    private static TimelineRow map(ResultSet row, RoomRef room) throws SQLException {
        return new TimelineRow(
                room.roomNid(),
                new Place(row.getLong("depth"), row.getLong("pos")),
                row.getInt("main_ver"),
                row.getInt("notif_seq"),
                row.getInt("hl_seq"),
                row.getLong("counted_nid"),
                row.getLong("root_nid"),
                row.getLong("event_nid") == 0
                        ? Optional.empty()
                        : Optional.of(EventRepository.map(row, room)),
                List.of());
    }
}
