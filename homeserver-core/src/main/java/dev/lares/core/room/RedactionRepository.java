package dev.lares.core.room;

import dev.lares.core.id.EventId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class RedactionRepository {
    /// Redactions of one event that are looked at, oldest first: one that applies is enough.
    private static final int PER_TARGET_MAX = 10;

    private final JdbcClient jdbc;

    RedactionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Those of the rooms in which anything names one of the room's targets.
    Set<Long> findRooms(List<Long> roomNids, List<String> targets) {
        var sql =
                """
                SELECT DISTINCT q.room_nid
                FROM unnest(:roomNids::bigint[], :targets::text[]) AS q(room_nid, target_id)
                WHERE EXISTS (SELECT FROM redaction r
                              WHERE r.room_nid = q.room_nid AND r.target_id = q.target_id)
                """;
        return jdbc.sql(sql)
                .param("roomNids", roomNids.toArray(Long[]::new))
                .param("targets", targets.toArray(String[]::new))
                .query((row, n) -> row.getLong("room_nid"))
                .set();
    }

    /// The internal numbers of the events that name those targets, oldest first.
    Map<EventId, List<Long>> find(long roomNid, Collection<EventId> targets) {
        var sql =
                """
                SELECT r.target_id, r.redaction_nid
                FROM unnest(:targets::text[]) AS q(target_id)
                CROSS JOIN LATERAL (
                    SELECT target_id, redaction_nid
                    FROM redaction r
                    WHERE r.room_nid = :roomNid AND r.target_id = q.target_id
                    ORDER BY r.redaction_nid
                    LIMIT :perTarget) r
                ORDER BY r.redaction_nid
                """;
        var found = new HashMap<EventId, List<Long>>();
        jdbc.sql(sql)
                .param("roomNid", roomNid)
                .param("targets", targets.stream().map(EventId::value).toArray(String[]::new))
                .param("perTarget", PER_TARGET_MAX)
                .query(row -> {
                    found.computeIfAbsent(
                                    new EventId(row.getString("target_id")),
                                    target -> new ArrayList<>())
                            .add(row.getLong("redaction_nid"));
                });
        return found;
    }
}
