package dev.lares.client.userdirectory;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Which rooms are open to all.
@Repository
class OpenRoomRepository {
    private final JdbcClient jdbc;

    OpenRoomRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void put(long roomNid, Openness openness) {
        var sql =
                """
                INSERT INTO directory_room (room_nid, open) VALUES (:roomNid, :open)
                ON CONFLICT (room_nid) DO UPDATE SET open = excluded.open
                    WHERE directory_room.open <> excluded.open
                """;
        jdbc.sql(sql).param("roomNid", roomNid).param("open", openness == Openness.OPEN).update();
    }

    /// Rooms of which it is not known yet.
    List<Long> findMissing(int limit) {
        var sql =
                """
                SELECT r.room_nid FROM room r
                WHERE NOT EXISTS (SELECT FROM directory_room d WHERE d.room_nid = r.room_nid)
                ORDER BY r.room_nid
                LIMIT :limit
                """;
        return jdbc.sql(sql)
                .param("limit", limit)
                .query((row, n) -> row.getLong("room_nid"))
                .list();
    }

    /// Whether everybody may join a room or read it.
    enum Openness {
        OPEN,
        CLOSED
    }
}
