package dev.lares.core.append;

import dev.lares.core.event.EventFlags;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.PduParser;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.room.RoomRef;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.state.Standing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What the background lane reads of a room's graph. All of it never changes once it is written.
@Repository
class LaneRepository {

    private final JdbcClient jdbc;

    LaneRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// An event in its place.
    ///
    /// @param keyNid 0 for what is not state
    /// @param line with `ver` the state before it; `ver` is 0 before the room's first event
    record PlacedRow(long eventNid, long keyNid, int line, int ver, Standing standing) {}

    /// @param keyNid 0 for what is not state
    record BodyRow(long eventNid, long keyNid, Pdu pdu) {}

    record AuthRow(long eventNid, List<Long> authNids, boolean powerLevels, boolean rejected) {}

    List<PlacedRow> findPlaced(RoomRef room, Collection<Long> eventNids) {
        var sql =
                """
                SELECT event_nid, key_nid, state_line, state_ver, flags FROM event
                WHERE room_nid = :room AND event_nid = ANY(:events) AND state_line IS NOT NULL
                """;
        return jdbc.sql(sql)
                .param("room", room.roomNid())
                .param("events", eventNids.toArray(Long[]::new))
                .query((row, n) ->
                        new PlacedRow(
                                row.getLong("event_nid"),
                                row.getLong("key_nid"), // null becomes 0
                                row.getInt("state_line"),
                                row.getInt("state_ver"),
                                standing(new EventFlags(row.getInt("flags")))))
                .list();
    }

    private static Standing standing(EventFlags flags) {
        if (flags.isRejected()) {
            return Standing.REJECTED;
        }
        return flags.isSoftFailed() ? Standing.SOFT_FAILED : Standing.ACCEPTED;
    }

    /// The events, and those that these cite where they themselves were not accepted, and so on.
    Set<Long> findOutdatedBy(RoomRef room, Collection<Long> eventNids) {
        var sql =
                """
                WITH RECURSIVE cited(event_nid) AS (
                    SELECT * FROM unnest(:events)
                    UNION
                    SELECT p.event_nid
                    FROM cited c
                    JOIN event e
                      ON e.room_nid = :room AND e.event_nid = c.event_nid AND e.flags & 6 <> 0
                    CROSS JOIN LATERAL unnest(e.prev_nids) AS p(event_nid)
                )
                SELECT event_nid FROM cited
                """;
        return new HashSet<>(
                jdbc.sql(sql)
                        .param("room", room.roomNid())
                        .param("events", eventNids.toArray(Long[]::new))
                        .query(Long.class)
                        .list());
    }

    /// Numbers of events of the room that are here, by ID.
    Map<EventId, Long> findNids(RoomRef room, Collection<EventId> eventIds) {
        var found = new HashMap<EventId, Long>();
        RowCallbackHandler take =
                row -> found.put(eventId(row, room.version()), row.getLong("event_nid"));
        if (EventIds.isText(room.version())) {
            var sql =
                    """
                    SELECT event_nid, hash, legacy_id FROM event_ref
                    WHERE legacy_id = ANY(:ids) AND room_nid = :room
                    """;
            jdbc.sql(sql)
                    .param("room", room.roomNid())
                    .param("ids", eventIds.stream().map(EventId::value).toArray(String[]::new))
                    .query(take);
            return found;
        }
        var sql =
                """
                SELECT r.event_nid, r.hash, r.legacy_id
                FROM unnest(:hashes::bytea[]) AS w(hash)
                JOIN event_ref r
                  ON r.hash IS NOT NULL
                 AND substring(r.hash FROM 1 FOR 16) = substring(w.hash FROM 1 FOR 16)
                 AND r.hash = w.hash
                WHERE r.room_nid = :room
                """;
        jdbc.sql(sql)
                .param("room", room.roomNid())
                .param(
                        "hashes",
                        eventIds.stream()
                                .flatMap(id -> EventIds.hash(room.version(), id).stream())
                                .toArray(byte[][]::new))
                .query(take);
        return found;
    }

    List<BodyRow> findBodies(RoomRef room, Collection<Long> eventNids) {
        var sql =
                """
                SELECT e.event_nid, e.key_nid, e.json, r.hash, r.legacy_id
                FROM event e JOIN event_ref r ON r.event_nid = e.event_nid
                WHERE e.room_nid = :room AND e.event_nid = ANY(:events)
                """;
        return jdbc.sql(sql)
                .param("room", room.roomNid())
                .param("events", eventNids.toArray(Long[]::new))
                .query((row, n) ->
                        new BodyRow(
                                row.getLong("event_nid"),
                                row.getLong("key_nid"), // null becomes 0
                                PduParser.stored(
                                        eventId(row, room.version()),
                                        room.version(),
                                        row.getBytes("json"))))
                .list();
    }

    /// Events and all that they cite as auth events, however far, in one statement.
    List<AuthRow> findAuthChains(RoomRef room, Collection<Long> eventNids) {
        var sql =
                """
                WITH RECURSIVE chain(event_nid) AS (
                    SELECT * FROM unnest(:events)
                    UNION
                    SELECT a.event_nid
                    FROM chain c
                    JOIN event e ON e.room_nid = :room AND e.event_nid = c.event_nid
                    CROSS JOIN LATERAL unnest(e.auth_nids) AS a(event_nid)
                )
                SELECT e.event_nid, e.auth_nids, e.flags & 4 <> 0 AS rejected,
                       e.type = 'm.room.power_levels' AND k.state_key = '' AS power_levels
                FROM chain c
                JOIN event e ON e.room_nid = :room AND e.event_nid = c.event_nid
                LEFT JOIN state_key k ON k.room_nid = e.room_nid AND k.key_nid = e.key_nid
                """;
        return jdbc.sql(sql)
                .param("room", room.roomNid())
                .param("events", eventNids.toArray(Long[]::new))
                .query((row, n) ->
                        new AuthRow(
                                row.getLong("event_nid"),
                                List.of((Long[]) row.getArray("auth_nids").getArray()),
                                row.getBoolean("power_levels"), // null becomes false
                                row.getBoolean("rejected")))
                .list();
    }

    Map<Long, StateKey> findKeys(RoomRef room, Collection<Long> keyNids) {
        var sql =
                """
                SELECT key_nid, type, state_key FROM state_key
                WHERE room_nid = :room AND key_nid = ANY(:keys)
                """;
        var keys = new HashMap<Long, StateKey>();
        jdbc.sql(sql)
                .param("room", room.roomNid())
                .param("keys", keyNids.toArray(Long[]::new))
                .query(row -> {
                    keys.put(
                            row.getLong("key_nid"),
                            new StateKey(row.getString("type"), row.getString("state_key")));
                });
        return keys;
    }

    /// A number for an event that is not here yet.
    long nextEventNid() {
        return jdbc.sql("SELECT nextval('event_nid_seq')").query(Long.class).single();
    }

    private static EventId eventId(ResultSet row, RoomVersion version) throws SQLException {
        return EventIds.of(version, row.getBytes("hash"), row.getString("legacy_id"));
    }
}
