package dev.lares.core.room;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/// Finds events by the time that they name. `(flags & 7) = 0`: accepted ones, as in the index.
@Repository
class EventTimeRepository {
    private final JdbcClient jdbc;

    EventTimeRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The first behind a moment, oldest first.
    List<EventTime> findAfter(RoomRef room, EventTime moment, int limit) {
        var sql =
                """
                SELECT ts, event_nid
                FROM event
                WHERE room_nid = :roomNid AND (flags & 7) = 0
                  AND (ts, event_nid) > (:ts, :eventNid)
                ORDER BY ts, event_nid
                LIMIT :limit
                """;
        return find(jdbc.sql(sql), room, moment, limit);
    }

    /// The last before a moment, newest first.
    List<EventTime> findBefore(RoomRef room, EventTime moment, int limit) {
        var sql =
                """
                SELECT ts, event_nid
                FROM event
                WHERE room_nid = :roomNid AND (flags & 7) = 0
                  AND (ts, event_nid) < (:ts, :eventNid)
                ORDER BY ts DESC, event_nid DESC
                LIMIT :limit
                """;
        return find(jdbc.sql(sql), room, moment, limit);
    }

    private static List<EventTime> find(
            StatementSpec statement, RoomRef room, EventTime moment, int limit) {
        return statement
                .param("roomNid", room.roomNid())
                .param("ts", moment.ts())
                .param("eventNid", moment.eventNid())
                .param("limit", limit)
                .query((row, n) -> new EventTime(row.getLong("ts"), row.getLong("event_nid")))
                .list();
    }

    /// @param ts milliseconds since 1970, as the event's maker says
    record EventTime(long ts, long eventNid) {}
}
