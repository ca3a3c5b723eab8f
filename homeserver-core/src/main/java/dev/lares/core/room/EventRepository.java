package dev.lares.core.room;

import dev.lares.core.event.EventFlags;
import dev.lares.core.event.PduParser;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.roomversion.RoomVersionRules.EventIdFormat;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class EventRepository {
    private final JdbcClient jdbc;

    EventRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<StoredEvent> find(RoomRef room, Collection<Long> eventNids) {
        var sql =
                """
                SELECT e.event_nid, e.sender_nid, e.key_nid, e.state_line, e.state_ver,
                       e.flags, e.json, f.hash, f.legacy_id
                FROM event e
                JOIN event_ref f ON f.event_nid = e.event_nid
                WHERE e.room_nid = :roomNid AND e.event_nid = ANY(:eventNids)
                """;
        return jdbc.sql(sql)
                .param("roomNid", room.roomNid())
                .param("eventNids", eventNids.toArray(Long[]::new))
                .query((row, n) -> map(row, room))
                .list();
    }

    /// Events of many rooms, each looked for in its own room only.
    List<StoredEvent> find(Map<RoomRef, ? extends Collection<Long>> eventNids) {
        var sql =
                """
                SELECT e.room_nid, e.event_nid, e.sender_nid, e.key_nid, e.state_line, e.state_ver,
                       e.flags, e.json, f.hash, f.legacy_id
                FROM unnest(:roomNids::bigint[], :eventNids::bigint[]) AS w(room_nid, event_nid)
                JOIN event e ON e.room_nid = w.room_nid AND e.event_nid = w.event_nid
                JOIN event_ref f ON f.event_nid = e.event_nid
                """;
        var byNid = new HashMap<Long, RoomRef>();
        var roomNids = new ArrayList<Long>();
        var wanted = new ArrayList<Long>();
        eventNids.forEach((room, nids) -> {
            byNid.put(room.roomNid(), room);
            for (long nid : nids) {
                roomNids.add(room.roomNid());
                wanted.add(nid);
            }
        });
        return jdbc.sql(sql)
                .param("roomNids", roomNids.toArray(Long[]::new))
                .param("eventNids", wanted.toArray(Long[]::new))
                .query((row, n) ->
                        map(row, Objects.requireNonNull(byNid.get(row.getLong("room_nid")))))
                .list();
    }

    /// Events of that room only, whatever room an ID belongs to. An ID in another spelling of the
    /// same hash may find its event too.
    List<StoredEvent> findByIds(RoomRef room, Collection<EventId> eventIds) {
        return room.version().rules().eventIds() == EventIdFormat.EXPLICIT
                ? findByLegacyIds(room, eventIds)
                : findByHashes(room, eventIds);
    }

    private List<StoredEvent> findByHashes(RoomRef room, Collection<EventId> eventIds) {
        var hashes =
                eventIds.stream()
                        .map(StoredEventIds::hash)
                        .filter(Objects::nonNull)
                        .toArray(byte[][]::new);
        var sql =
                """
                SELECT e.event_nid, e.sender_nid, e.key_nid, e.state_line, e.state_ver,
                       e.flags, e.json, f.hash, f.legacy_id
                FROM unnest(:hashes::bytea[]) AS wanted(hash)
                JOIN event_ref f
                  ON substring(f.hash FROM 1 FOR 16) = substring(wanted.hash FROM 1 FOR 16)
                 AND f.hash = wanted.hash
                JOIN event e ON e.event_nid = f.event_nid
                WHERE e.room_nid = :roomNid AND f.room_nid = :roomNid
                """;
        return jdbc.sql(sql)
                .param("roomNid", room.roomNid())
                .param("hashes", hashes)
                .query((row, n) -> map(row, room))
                .list();
    }

    /// As for one room, each ID in its own room only.
    Map<RoomRef, List<StoredEvent>> findByHashes(
            Map<RoomRef, ? extends Collection<EventId>> eventIds) {
        var sql =
                """
                SELECT e.room_nid, e.event_nid, e.sender_nid, e.key_nid, e.state_line, e.state_ver,
                       e.flags, e.json, f.hash, f.legacy_id
                FROM unnest(:roomNids::bigint[], :hashes::bytea[]) AS wanted(room_nid, hash)
                JOIN event_ref f
                  ON substring(f.hash FROM 1 FOR 16) = substring(wanted.hash FROM 1 FOR 16)
                 AND f.hash = wanted.hash AND f.room_nid = wanted.room_nid
                JOIN event e ON e.room_nid = wanted.room_nid AND e.event_nid = f.event_nid
                """;
        var rooms = new HashMap<Long, RoomRef>();
        var roomNids = new ArrayList<Long>();
        var hashes = new ArrayList<byte[]>();
        eventIds.forEach((room, ids) -> {
            rooms.put(room.roomNid(), room);
            for (var id : ids) {
                var hash = StoredEventIds.hash(id);
                if (hash != null) {
                    roomNids.add(room.roomNid());
                    hashes.add(hash);
                }
            }
        });
        return jdbc
                .sql(sql)
                .param("roomNids", roomNids.toArray(Long[]::new))
                .param("hashes", hashes.toArray(byte[][]::new))
                .query((row, n) ->
                        map(row, Objects.requireNonNull(rooms.get(row.getLong("room_nid")))))
                .list()
                .stream()
                .collect(
                        Collectors.groupingBy(
                                event -> Objects.requireNonNull(rooms.get(event.roomNid()))));
    }

    private List<StoredEvent> findByLegacyIds(RoomRef room, Collection<EventId> eventIds) {
        var sql =
                """
                SELECT e.event_nid, e.sender_nid, e.key_nid, e.state_line, e.state_ver,
                       e.flags, e.json, f.hash, f.legacy_id
                FROM event_ref f
                JOIN event e ON e.event_nid = f.event_nid
                WHERE f.legacy_id = ANY(:ids) AND e.room_nid = :roomNid AND f.room_nid = :roomNid
                """;
        return jdbc.sql(sql)
                .param("roomNid", room.roomNid())
                .param("ids", eventIds.stream().map(EventId::value).toArray(String[]::new))
                .query((row, n) -> map(row, room))
                .list();
    }

    /// The room of an event whose body is here.
    Optional<RoomId> findRoom(EventId eventId) {
        var hash = StoredEventIds.hash(eventId);
        return hash == null ? findRoomByLegacyId(eventId) : findRoomByHash(hash);
    }

    private Optional<RoomId> findRoomByHash(byte[] hash) {
        var sql =
                """
                SELECT r.room_id
                FROM event_ref f
                JOIN room r ON r.room_nid = f.room_nid
                WHERE substring(f.hash FROM 1 FOR 16) = substring(:hash::bytea FROM 1 FOR 16)
                  AND f.hash IS NOT NULL AND f.hash = :hash
                """;
        return jdbc.sql(sql)
                .param("hash", hash)
                .query((row, n) -> new RoomId(row.getString("room_id")))
                .optional();
    }

    private Optional<RoomId> findRoomByLegacyId(EventId eventId) {
        var sql =
                """
                SELECT r.room_id
                FROM event_ref f
                JOIN room r ON r.room_nid = f.room_nid
                WHERE f.legacy_id = :eventId
                """;
        return jdbc.sql(sql)
                .param("eventId", eventId.value())
                .query((row, n) -> new RoomId(row.getString("room_id")))
                .optional();
    }

    static StoredEvent map(ResultSet row, RoomRef room) throws SQLException {
        int line = row.getInt("state_line");
        boolean outlier = row.wasNull();
        var eventId =
                StoredEventIds.read(
                        room.version(), row.getBytes("hash"), row.getString("legacy_id"));
        return new StoredEvent(
                room.roomNid(),
                row.getLong("event_nid"),
                row.getLong("sender_nid"),
                row.getLong("key_nid"),
                outlier ? -1 : line,
                outlier ? -1 : row.getInt("state_ver"),
                new EventFlags(row.getInt("flags")),
                PduParser.stored(eventId, room.version(), row.getBytes("json")));
    }
}
