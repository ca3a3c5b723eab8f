package dev.lares.core.alias;

import dev.lares.core.id.RoomId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class PublishedRoomRepository {
    private final JdbcClient jdbc;

    PublishedRoomRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(RoomId roomId, long now) {
        var sql =
                """
                INSERT INTO published_room (room_id, published_ts)
                VALUES (:roomId, :now)
                ON CONFLICT (room_id) DO NOTHING
                """;
        jdbc.sql(sql).param("roomId", roomId.value()).param("now", now).update();
    }

    void delete(RoomId roomId) {
        var sql = "DELETE FROM published_room WHERE room_id = :roomId";
        jdbc.sql(sql).param("roomId", roomId.value()).update();
    }

    boolean exists(RoomId roomId) {
        var sql = "SELECT EXISTS (SELECT FROM published_room WHERE room_id = :roomId) AS found";
        return jdbc.sql(sql)
                .param("roomId", roomId.value())
                .query((row, n) -> row.getBoolean("found"))
                .single();
    }
}
