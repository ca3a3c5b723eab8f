package dev.lares.core.room;

import dev.lares.core.id.EventId;
import java.util.Base64;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class EventRefRepository {
    private static final int HASH_BYTES = 32;

    private final JdbcClient jdbc;

    EventRefRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// An event of that very room that the timeline shows.
    Optional<EventPlace> findPlace(RoomRef room, EventId eventId) {
        return switch (room.version().rules().eventIds()) {
            case EXPLICIT -> findByLegacyId(room.roomNid(), eventId);
            case HASH -> findByHash(room.roomNid(), eventId, Base64.getDecoder());
            case URL_SAFE_HASH -> findByHash(room.roomNid(), eventId, Base64.getUrlDecoder());
        };
    }

    private Optional<EventPlace> findByLegacyId(long roomNid, EventId eventId) {
        var sql =
                """
                SELECT t.event_nid, t.pos, t.depth
                FROM event_ref r
                JOIN timeline t ON t.room_nid = r.room_nid AND t.event_nid = r.event_nid
                WHERE r.legacy_id = :eventId AND r.room_nid = :roomNid AND t.event_nid <> 0
                """;
        return jdbc.sql(sql)
                .param("eventId", eventId.value())
                .param("roomNid", roomNid)
                .query((row, n) ->
                        new EventPlace(
                                roomNid,
                                row.getLong("event_nid"),
                                eventId,
                                row.getLong("pos"),
                                row.getLong("depth")))
                .optional();
    }

    private Optional<EventPlace> findByHash(long roomNid, EventId eventId, Base64.Decoder decoder) {
        byte[] hash;
        try {
            hash = decoder.decode(eventId.value().substring(1));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not an ID of this room's version, so no event has it
        }
        if (hash.length != HASH_BYTES) {
            return Optional.empty();
        }
        var sql =
                """
                SELECT t.event_nid, t.pos, t.depth
                FROM event_ref r
                JOIN timeline t ON t.room_nid = r.room_nid AND t.event_nid = r.event_nid
                WHERE substring(r.hash FROM 1 FOR 16) = substring(:hash::bytea FROM 1 FOR 16)
                  AND r.hash IS NOT NULL AND r.hash = :hash
                  AND r.room_nid = :roomNid AND t.event_nid <> 0
                """;
        return jdbc.sql(sql)
                .param("hash", hash)
                .param("roomNid", roomNid)
                .query((row, n) ->
                        new EventPlace(
                                roomNid,
                                row.getLong("event_nid"),
                                eventId,
                                row.getLong("pos"),
                                row.getLong("depth")))
                .optional();
    }
}
