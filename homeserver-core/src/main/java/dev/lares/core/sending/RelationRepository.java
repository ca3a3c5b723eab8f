package dev.lares.core.sending;

import dev.lares.core.id.EventId;
import java.util.List;
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
}
