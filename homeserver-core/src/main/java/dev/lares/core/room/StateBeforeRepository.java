package dev.lares.core.room;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class StateBeforeRepository {
    private final JdbcClient jdbc;

    StateBeforeRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A place in the state at a version of a line.
    record Question(int line, int ver, long keyNid) {}

    /// The events at many places in one statement. A line answers with its newest entry up to the
    /// version, else its parent does. A place without an event is missing.
    Map<Question, Long> find(long roomNid, List<Question> questions) {
        if (questions.isEmpty()) {
            return Map.of();
        }
        var sql =
                """
                WITH RECURSIVE probe AS (
                    SELECT q.n, q.key_nid, q.line, q.ver, e.event_nid
                    FROM unnest(:lines::int[], :vers::int[], :keyNids::bigint[])
                             WITH ORDINALITY AS q(line, ver, key_nid, n)
                    LEFT JOIN LATERAL (
                        SELECT s.event_nid
                        FROM state_entry s
                        WHERE s.room_nid = :roomNid AND s.line = q.line
                          AND s.key_nid = q.key_nid AND s.ver <= q.ver
                        ORDER BY s.ver DESC
                        LIMIT 1) e ON true
                    UNION ALL
                    SELECT p.n, p.key_nid, l.parent_line, l.parent_ver, e.event_nid
                    FROM probe p
                    JOIN state_line l
                      ON l.room_nid = :roomNid AND l.line = p.line AND l.parent_line IS NOT NULL
                    LEFT JOIN LATERAL (
                        SELECT s.event_nid
                        FROM state_entry s
                        WHERE s.room_nid = :roomNid AND s.line = l.parent_line
                          AND s.key_nid = p.key_nid AND s.ver <= l.parent_ver
                        ORDER BY s.ver DESC
                        LIMIT 1) e ON true
                    WHERE p.event_nid IS NULL
                )
                SELECT n, event_nid FROM probe WHERE event_nid <> 0
                """;
        var found = new HashMap<Question, Long>();
        jdbc.sql(sql)
                .param("roomNid", roomNid)
                .param("lines", questions.stream().map(Question::line).toArray(Integer[]::new))
                .param("vers", questions.stream().map(Question::ver).toArray(Integer[]::new))
                .param("keyNids", questions.stream().map(Question::keyNid).toArray(Long[]::new))
                .query(row -> {
                    found.put(questions.get((int) row.getLong("n") - 1), row.getLong("event_nid"));
                });
        return found;
    }
}
