package dev.lares.core.append;

import dev.lares.core.event.EventFlags;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.room.RoomRef;
import dev.lares.core.state.StateRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/// Reads and writes events that are no news.
@Repository
class HistoryRepository {

    private final JdbcClient jdbc;

    HistoryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What there is under an event ID.
    ///
    /// @param roomNid 0 for a placeholder
    /// @param keyNid 0 for what is not state
    /// @param flags empty where there is no body
    record StoredRow(
            long eventNid, long roomNid, String type, long keyNid, Optional<EventFlags> flags) {
        boolean isStored() {
            return flags.isPresent();
        }

        boolean isPlaced() {
            return flags.filter(standing -> !standing.isOutlier()).isPresent();
        }

        boolean isAccepted() {
            return flags.filter(EventFlags::isAccepted).isPresent();
        }

        boolean isRejected() {
            return flags.filter(EventFlags::isRejected).isPresent();
        }

        boolean isOfAnotherRoom(RoomRef room) {
            return roomNid != 0 && roomNid != room.roomNid();
        }
    }

    Map<EventId, StoredRow> find(RoomRef room, Collection<EventId> eventIds) {
        var byHash =
                """
                SELECT r.event_nid, r.room_nid, r.hash, r.legacy_id, e.type, e.key_nid, e.flags
                FROM unnest(:hashes::bytea[]) AS w(hash)
                JOIN event_ref r
                  ON r.hash IS NOT NULL
                 AND substring(r.hash FROM 1 FOR 16) = substring(w.hash FROM 1 FOR 16)
                 AND r.hash = w.hash
                LEFT JOIN event e ON e.room_nid = :room AND e.event_nid = r.event_nid
                """;
        var byText =
                """
                SELECT r.event_nid, r.room_nid, r.hash, r.legacy_id, e.type, e.key_nid, e.flags
                FROM event_ref r
                LEFT JOIN event e ON e.room_nid = :room AND e.event_nid = r.event_nid
                WHERE r.legacy_id = ANY(:ids)
                """;
        var found = new HashMap<EventId, StoredRow>();
        ids(byHash, byText, room, eventIds)
                .param("room", room.roomNid())
                .query(row -> {
                    found.put(eventId(row, room), map(row));
                });
        return found;
    }

    private static StoredRow map(ResultSet row) throws SQLException {
        int flags = row.getInt("flags");
        boolean stored = !row.wasNull();
        return new StoredRow(
                row.getLong("event_nid"),
                row.getLong("room_nid"), // null becomes 0
                Objects.requireNonNullElse(row.getString("type"), ""),
                row.getLong("key_nid"), // null becomes 0
                stored ? Optional.of(new EventFlags(flags)) : Optional.empty());
    }

    /// Numbers of events, also of such as are only cited. In one order and in a statement of its
    /// own, so that two that intern do not wait for each other.
    Map<EventId, Long> internPlaceholders(RoomRef room, Collection<EventId> eventIds) {
        var byHash =
                """
                INSERT INTO event_ref (event_nid, hash)
                SELECT nextval('event_nid_seq'), w.hash
                FROM (SELECT DISTINCT hash FROM unnest(:hashes::bytea[]) AS u(hash) ORDER BY hash) w
                WHERE NOT EXISTS (
                    SELECT FROM event_ref r
                    WHERE r.hash IS NOT NULL
                      AND substring(r.hash FROM 1 FOR 16) = substring(w.hash FROM 1 FOR 16)
                      AND r.hash = w.hash)
                ON CONFLICT DO NOTHING
                """;
        var byText =
                """
                INSERT INTO event_ref (event_nid, legacy_id)
                SELECT nextval('event_nid_seq'), w.id
                FROM (SELECT DISTINCT id FROM unnest(:ids) AS u(id) ORDER BY id) w
                WHERE NOT EXISTS (SELECT FROM event_ref r WHERE r.legacy_id = w.id)
                ON CONFLICT DO NOTHING
                """;
        ids(byHash, byText, room, eventIds).update();
        var nids = new HashMap<EventId, Long>();
        find(room, eventIds).forEach((id, row) -> nids.put(id, row.eventNid()));
        return nids;
    }

    private StatementSpec ids(
            String byHash, String byText, RoomRef room, Collection<EventId> eventIds) {
        if (EventIds.isText(room.version())) {
            return jdbc.sql(byText)
                    .param("ids", eventIds.stream().map(EventId::value).toArray(String[]::new));
        }
        return jdbc.sql(byHash)
                .param(
                        "hashes",
                        eventIds.stream()
                                .flatMap(id -> EventIds.hash(room.version(), id).stream())
                                .toArray(byte[][]::new));
    }

    /// The number of an event that the timeline shows.
    Optional<Long> findShown(RoomRef room, EventId eventId) {
        var row = find(room, List.of(eventId)).get(eventId);
        if (row == null) {
            return Optional.empty();
        }
        var sql =
                """
                SELECT event_nid FROM timeline
                WHERE room_nid = :room AND event_nid = :event AND event_nid <> 0
                """;
        return jdbc.sql(sql)
                .param("room", room.roomNid())
                .param("event", row.eventNid())
                .query(Long.class)
                .optional();
    }

    Optional<Long> findCurrent(RoomRef room, StateKey key) {
        var sql =
                """
                SELECT s.event_nid FROM state_key k
                JOIN room_state s ON s.room_nid = k.room_nid AND s.key_nid = k.key_nid
                WHERE k.room_nid = :room AND k.type = :type AND k.state_key = :key
                """;
        return jdbc.sql(sql)
                .param("room", room.roomNid())
                .param("type", key.type())
                .param("key", key.stateKey())
                .query(Long.class)
                .optional();
    }

    /// Keeps everybody else from writing to the room.
    void lockRoom(RoomRef room) {
        jdbc.sql("SELECT room_nid FROM room WHERE room_nid = :room FOR NO KEY UPDATE")
                .param("room", room.roomNid())
                .query(Long.class)
                .single();
    }

    /// Returns false where the event has its place, or is an outlier already and shall be one.
    boolean makeRoom(RoomRef room, long eventNid, EventFlags flags) {
        var delete =
                """
                DELETE FROM event
                WHERE room_nid = :room AND event_nid = :event AND flags & 1 = 1 AND :flags & 1 = 0
                """;
        var here = "SELECT count(*) FROM event WHERE room_nid = :room AND event_nid = :event";
        jdbc.sql(delete)
                .param("room", room.roomNid())
                .param("event", eventNid)
                .param("flags", flags.bits())
                .update();
        return jdbc.sql(here)
                        .param("room", room.roomNid())
                        .param("event", eventNid)
                        .query(Integer.class)
                        .single()
                == 0;
    }

    void insert(RoomRef room, HistoryService.Body body, Optional<Long> keyNid) {
        var pdu = body.pdu();
        var ref = "UPDATE event_ref SET room_nid = :room WHERE event_nid = :event";
        jdbc.sql(ref).param("room", room.roomNid()).param("event", body.eventNid()).update();
        var sql =
                """
                INSERT INTO event (room_nid, event_nid, type, sender_nid, key_nid, depth, ts,
                                   prev_nids, auth_nids, state_line, state_ver, flags, refusal,
                                   json)
                VALUES (:room, :event, :type, :sender, :key, :depth, :ts, :prevs, :auths, :line,
                        :ver, :flags, :refusal, :json)
                """;
        jdbc.sql(sql)
                .param("room", room.roomNid())
                .param("event", body.eventNid())
                .param("type", pdu.type())
                .param("sender", body.senderNid())
                .param("key", keyNid.orElse(null), Types.BIGINT)
                .param("depth", pdu.depth())
                .param("ts", pdu.originServerTs())
                .param("prevs", body.prevNids().toArray(Long[]::new))
                .param("auths", body.authNids().toArray(Long[]::new))
                .param("line", body.before().map(StateRef::line).orElse(null), Types.INTEGER)
                .param("ver", body.before().map(StateRef::ver).orElse(null), Types.INTEGER)
                .param("flags", body.flags().bits())
                .param("refusal", body.refusal().orElse(null), Types.VARCHAR)
                .param("json", pdu.json().bytes())
                .update();
    }

    void closeGap(RoomRef room, long eventNid) {
        jdbc.sql("DELETE FROM room_gap WHERE room_nid = :room AND missing_nid = :event")
                .param("room", room.roomNid())
                .param("event", eventNid)
                .update();
    }

    /// Notes which of an event's prev events have no place.
    void openGaps(RoomRef room, long eventNid, List<Long> prevNids) {
        var sql =
                """
                INSERT INTO room_gap (room_nid, missing_nid, citing_nid)
                SELECT :room, p.nid, :event
                FROM unnest(:prevs) AS p(nid)
                WHERE NOT EXISTS (
                    SELECT FROM event e
                    WHERE e.room_nid = :room AND e.event_nid = p.nid AND e.flags & 1 = 0)
                ON CONFLICT DO NOTHING
                """;
        jdbc.sql(sql)
                .param("room", room.roomNid())
                .param("event", eventNid)
                .param("prevs", prevNids.toArray(Long[]::new))
                .update();
    }

    private static EventId eventId(ResultSet row, RoomRef room) throws SQLException {
        return EventIds.of(room.version(), row.getBytes("hash"), row.getString("legacy_id"));
    }
}
