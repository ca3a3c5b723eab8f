package dev.lares.client.spacehierarchy;

import dev.lares.core.work.RetentionRule;
import java.time.Clock;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class HierarchyPageRepository implements RetentionRule {
    private final JdbcClient jdbc;
    private final Clock clock;

    HierarchyPageRepository(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// @param expires milliseconds since 1970
    void insert(String token, HierarchyPage page, long expires) {
        var sql =
                """
                INSERT INTO space_hierarchy_page (
                    token, user_nid, room_nid, suggested_only, depth_max, waiting, seen, expires_ts)
                VALUES (:token, :userNid, :roomNid, :suggestedOnly, :depthMax, :waiting, :seen, :expires)
                """;
        jdbc.sql(sql)
                .param("token", token)
                .param("userNid", page.userNid())
                .param("roomNid", page.roomNid())
                .param("suggestedOnly", page.suggestedOnly())
                .param("depthMax", page.depthMax())
                .param("waiting", page.waiting())
                .param("seen", page.seen())
                .param("expires", expires)
                .update();
    }

    /// The user's own only.
    Optional<HierarchyPage> find(String token, long userNid, long now) {
        var sql =
                """
                SELECT user_nid, room_nid, suggested_only, depth_max, waiting, seen
                FROM space_hierarchy_page
                WHERE token = :token AND user_nid = :userNid AND expires_ts > :now
                """;
        return jdbc.sql(sql)
                .param("token", token)
                .param("userNid", userNid)
                .param("now", now)
                .query((row, n) ->
                        new HierarchyPage(
                                row.getLong("user_nid"),
                                row.getLong("room_nid"),
                                row.getBoolean("suggested_only"),
                                row.getInt("depth_max"),
                                row.getString("waiting"),
                                row.getString("seen")))
                .optional();
    }

    @Override
    public String table() {
        return "space_hierarchy_page";
    }

    @Override
    public int deleteOld(int limit) {
        var sql =
                """
                DELETE FROM space_hierarchy_page WHERE token IN (
                    SELECT token FROM space_hierarchy_page
                    WHERE expires_ts <= :now
                    ORDER BY expires_ts
                    LIMIT :limit
                    FOR UPDATE SKIP LOCKED)
                """;
        return jdbc.sql(sql).param("now", clock.millis()).param("limit", limit).update();
    }
}
