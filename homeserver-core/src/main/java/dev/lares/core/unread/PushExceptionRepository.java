package dev.lares.core.unread;

import dev.lares.core.work.RetentionRule;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Exceptions from the running counts, as far as nobody needs them any more.
@Repository
class PushExceptionRepository implements RetentionRule {
    private final JdbcClient jdbc;

    PushExceptionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String table() {
        return "push_exception";
    }

    /// Those go that no count takes up any more, see [UnreadReader]: what an unthreaded receipt
    /// covers; what one of the main timeline covers, but in a thread only where the thread's own
    /// receipt covers it too.
    @Override
    public int deleteOld(int limit) {
        var sql =
                """
                DELETE FROM push_exception WHERE (user_nid, room_nid, pos) IN (
                    SELECT p.user_nid, p.room_nid, p.pos FROM push_exception p
                    WHERE EXISTS (
                        SELECT FROM receipt r
                        WHERE r.room_nid = p.room_nid AND r.user_nid = p.user_nid
                          AND r.event_pos >= p.pos
                          AND (r.thread_id = '' OR r.thread_id = 'main' AND (p.root_nid = 0 OR EXISTS (
                              SELECT FROM receipt t
                              JOIN event_ref e ON e.event_nid = p.root_nid
                              WHERE t.room_nid = p.room_nid AND t.user_nid = p.user_nid
                                AND t.event_pos >= p.pos
                                AND t.thread_id IN (
                                    e.legacy_id,
                                    '$' || rtrim(encode(e.hash, 'base64'), '='),
                                    '$' || rtrim(translate(encode(e.hash, 'base64'), '+/', '-_'), '='))))))
                    LIMIT :limit)
                """;
        return jdbc.sql(sql).param("limit", limit).update();
    }
}
