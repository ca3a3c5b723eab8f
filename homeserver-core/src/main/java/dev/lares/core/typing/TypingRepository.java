package dev.lares.core.typing;

import dev.lares.core.id.UserId;
import dev.lares.core.log.Position;
import dev.lares.core.work.RetentionRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class TypingRepository implements RetentionRule {
    private static final int TYPING_MAX = 1_000;

    private final JdbcClient jdbc;

    TypingRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Of the rooms in which something changed in (from, to], all who type now.
    ///
    /// @param nowMillis whose time is up at this moment types no more
    Map<Long, List<UserId>> findChanged(long[] roomNids, long[] from, Position to, long nowMillis) {
        var sql =
                """
                SELECT c.room_nid, c.until_ts, u.user_id
                FROM unnest(:roomNids, :from) AS r(room_nid, from_pos)
                CROSS JOIN LATERAL (
                    SELECT t.room_nid, t.until_ts, t.user_nid FROM typing t
                    WHERE t.room_nid = r.room_nid
                      AND EXISTS (SELECT FROM typing x
                                  WHERE x.room_nid = r.room_nid AND x.pos > r.from_pos AND x.pos <= :to)
                    LIMIT :limit) c
                JOIN user_ref u ON u.user_nid = c.user_nid
                """;
        Map<Long, List<UserId>> rooms = new HashMap<>();
        jdbc.sql(sql)
                .param("roomNids", roomNids)
                .param("from", from)
                .param("to", to.value())
                .param("limit", TYPING_MAX)
                .query(row -> {
                    var users =
                            rooms.computeIfAbsent(
                                    row.getLong("room_nid"), nid -> new ArrayList<>());
                    if (row.getLong("until_ts") > nowMillis) {
                        users.add(new UserId(row.getString("user_id")));
                    }
                });
        return rooms;
    }

    @Override
    public String table() {
        return "typing";
    }

    /// Whoever stopped is remembered for an hour, so that all clients hear of it.
    @Override
    public int deleteOld(int limit) {
        var sql =
                """
                DELETE FROM typing WHERE (room_nid, user_nid) IN (
                    SELECT room_nid, user_nid FROM typing
                    WHERE abs(until_ts) < extract(epoch FROM now() - interval '1 hour') * 1000
                    LIMIT :limit)
                """;
        return jdbc.sql(sql).param("limit", limit).update();
    }
}
