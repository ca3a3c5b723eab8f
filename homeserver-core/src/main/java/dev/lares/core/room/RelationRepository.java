package dev.lares.core.room;

import dev.lares.core.id.EventId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class RelationRepository {
    private final JdbcClient jdbc;

    RelationRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The newest annotations of that event which one user sent with the same type and key.
    List<Long> findAnnotations(
            long roomNid, EventId target, long senderNid, String type, String key, int limit) {
        var sql =
                """
                SELECT event_nid
                FROM relation
                WHERE room_nid = :roomNid AND target_id = :target AND rel_type = 'm.annotation'
                  AND sender_nid = :senderNid AND type = :type AND key = :key
                ORDER BY event_nid DESC
                LIMIT :limit
                """;
        return jdbc.sql(sql)
                .param("roomNid", roomNid)
                .param("target", target.value())
                .param("senderNid", senderNid)
                .param("type", type)
                .param("key", key)
                .param("limit", limit)
                .query((row, n) -> row.getLong("event_nid"))
                .list();
    }

    /// What an event says that it relates to.
    Optional<Related> findTarget(long roomNid, long eventNid) {
        var sql =
                """
                SELECT target_id, rel_type FROM relation
                WHERE event_nid = :eventNid AND room_nid = :roomNid
                LIMIT 1
                """;
        return jdbc.sql(sql)
                .param("eventNid", eventNid)
                .param("roomNid", roomNid)
                .query((row, n) ->
                        new Related(row.getString("target_id"), row.getString("rel_type")))
                .optional();
    }

    /// @param target what stands there, an event ID or not
    record Related(String target, String relType) {}

    /// Those of the events that others relate to, by relation and sender as asked for; an empty
    /// list asks for nothing.
    Set<EventId> findRelated(
            long roomNid,
            Collection<EventId> targets,
            Collection<String> relTypes,
            Collection<String> senders) {
        var sql =
                """
                SELECT DISTINCT r.target_id
                FROM relation r
                JOIN user_ref u ON u.user_nid = r.sender_nid
                WHERE r.room_nid = :roomNid AND r.target_id = ANY(:targets)
                  AND (cardinality(:relTypes::text[]) = 0 OR r.rel_type = ANY(:relTypes::text[]))
                  AND (cardinality(:senders::text[]) = 0 OR u.user_id = ANY(:senders::text[]))
                """;
        return jdbc.sql(sql)
                .param("roomNid", roomNid)
                .param("targets", targets.stream().map(EventId::value).toArray(String[]::new))
                .param("relTypes", relTypes.toArray(String[]::new))
                .param("senders", senders.toArray(String[]::new))
                .query((row, n) -> new EventId(row.getString("target_id")))
                .set();
    }
}
