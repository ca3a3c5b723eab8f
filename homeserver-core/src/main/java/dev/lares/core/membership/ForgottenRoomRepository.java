package dev.lares.core.membership;

import dev.lares.core.log.Position;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ForgottenRoomRepository {
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
}
