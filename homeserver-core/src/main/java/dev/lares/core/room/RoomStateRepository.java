package dev.lares.core.room;

import dev.lares.core.event.StateKey;
import dev.lares.core.log.Position;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class RoomStateRepository {
    private final JdbcClient jdbc;

    RoomStateRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<StoredEvent> findCurrent(RoomRef room, Collection<StateKey> keys) {
        var sql =
                """
                SELECT e.event_nid, e.sender_nid, e.key_nid, e.state_line, e.state_ver,
                       e.flags, e.json, f.hash, f.legacy_id
                FROM unnest(:types::text[], :stateKeys::text[]) AS q(type, state_key)
                JOIN state_key k
                  ON k.room_nid = :roomNid AND k.type = q.type AND k.state_key = q.state_key
                JOIN room_state s ON s.room_nid = :roomNid AND s.key_nid = k.key_nid
                JOIN event e ON e.room_nid = :roomNid AND e.event_nid = s.event_nid
                JOIN event_ref f ON f.event_nid = e.event_nid
                """;
        return jdbc.sql(sql)
                .param("roomNid", room.roomNid())
                .param("types", keys.stream().map(StateKey::type).toArray(String[]::new))
                .param("stateKeys", keys.stream().map(StateKey::stateKey).toArray(String[]::new))
                .query((row, n) -> EventRepository.map(row, room))
                .list();
    }

    List<StoredEvent> findCurrent(RoomRef room) {
        var sql =
                """
                SELECT e.event_nid, e.sender_nid, e.key_nid, e.state_line, e.state_ver,
                       e.flags, e.json, f.hash, f.legacy_id
                FROM room_state s
                JOIN event e ON e.room_nid = s.room_nid AND e.event_nid = s.event_nid
                JOIN event_ref f ON f.event_nid = e.event_nid
                WHERE s.room_nid = :roomNid
                ORDER BY s.key_nid
                """;
        return jdbc.sql(sql)
                .param("roomNid", room.roomNid())
                .query((row, n) -> EventRepository.map(row, room))
                .list();
    }

    List<StoredEvent> findCurrent(RoomRef room, String type) {
        var sql =
                """
                SELECT e.event_nid, e.sender_nid, e.key_nid, e.state_line, e.state_ver,
                       e.flags, e.json, f.hash, f.legacy_id
                FROM state_key k
                JOIN room_state s ON s.room_nid = :roomNid AND s.key_nid = k.key_nid
                JOIN event e ON e.room_nid = :roomNid AND e.event_nid = s.event_nid
                JOIN event_ref f ON f.event_nid = e.event_nid
                WHERE k.room_nid = :roomNid AND k.type = :type
                ORDER BY k.key_nid
                """;
        return jdbc.sql(sql)
                .param("roomNid", room.roomNid())
                .param("type", type)
                .query((row, n) -> EventRepository.map(row, room))
                .list();
    }

    /// The events of the main line's newest root at a position.
    List<Long> findNidsAt(RoomRef room, Position at) {
        var sql =
                """
                SELECT event_nid
                FROM (SELECT DISTINCT ON (s.key_nid) s.key_nid, s.event_nid
                      FROM state_entry s
                      WHERE s.room_nid = :roomNid AND s.pos <= :at
                        AND s.line = (SELECT l.line
                                      FROM state_line l
                                      WHERE l.room_nid = :roomNid AND l.from_pos <= :at
                                      ORDER BY l.from_pos DESC
                                      LIMIT 1)
                      ORDER BY s.key_nid, s.ver DESC) newest
                WHERE event_nid <> 0
                ORDER BY key_nid
                """;
        return jdbc.sql(sql)
                .param("roomNid", room.roomNid())
                .param("at", at.value())
                .query((row, n) -> row.getLong("event_nid"))
                .list();
    }

    List<Long> findNidsAt(RoomRef room, Position at, Collection<StateKey> keys) {
        var sql =
                """
                SELECT newest.event_nid
                FROM unnest(:types::text[], :stateKeys::text[]) AS q(type, state_key)
                JOIN state_key k
                  ON k.room_nid = :roomNid AND k.type = q.type AND k.state_key = q.state_key
                CROSS JOIN LATERAL (
                    SELECT s.event_nid
                    FROM state_entry s
                    WHERE s.room_nid = :roomNid AND s.key_nid = k.key_nid AND s.pos <= :at
                      AND s.line = (SELECT l.line
                                    FROM state_line l
                                    WHERE l.room_nid = :roomNid AND l.from_pos <= :at
                                    ORDER BY l.from_pos DESC
                                    LIMIT 1)
                    ORDER BY s.ver DESC
                    LIMIT 1) newest
                WHERE newest.event_nid <> 0
                """;
        return jdbc.sql(sql)
                .param("roomNid", room.roomNid())
                .param("at", at.value())
                .param("types", keys.stream().map(StateKey::type).toArray(String[]::new))
                .param("stateKeys", keys.stream().map(StateKey::stateKey).toArray(String[]::new))
                .query((row, n) -> row.getLong("event_nid"))
                .list();
    }
}
