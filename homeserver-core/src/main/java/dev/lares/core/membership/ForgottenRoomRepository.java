package dev.lares.core.membership;

import dev.lares.core.log.Position;
import dev.lares.core.work.RetentionRule;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ForgottenRoomRepository implements RetentionRule {
    private final JdbcClient jdbc;

    ForgottenRoomRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Position> find(long userNid, long roomNid) {
        var sql =
                """
                SELECT pos
                FROM forgotten_room
                WHERE user_nid = :userNid AND room_nid = :roomNid
                """;
        return jdbc.sql(sql)
                .param("userNid", userNid)
                .param("roomNid", roomNid)
                .query((row, n) -> new Position(row.getLong("pos")))
                .optional();
    }

    @Override
    public String table() {
        return "forgotten_room";
    }

    /// What was forgotten is over once the user has joined again.
    @Override
    public int deleteOld(int limit) {
        var sql =
                """
                DELETE FROM forgotten_room WHERE (user_nid, room_nid) IN (
                    SELECT f.user_nid, f.room_nid FROM forgotten_room f
                    WHERE EXISTS (SELECT FROM membership m
                                  WHERE m.user_nid = f.user_nid AND m.room_nid = f.room_nid
                                    AND m.pos > f.pos AND m.membership = 'join')
                    LIMIT :limit)
                """;
        return jdbc.sql(sql).param("limit", limit).update();
    }
}
