package dev.lares.core.room;

import dev.lares.core.id.RoomId;
import dev.lares.core.roomversion.RoomVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class RoomRefRepository {
    private final JdbcClient jdbc;

    RoomRefRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<RoomRef> find(RoomId roomId) {
        var sql = "SELECT room_nid, room_id, version FROM room WHERE room_id = :roomId";
        return jdbc.sql(sql).param("roomId", roomId.value()).query((row, n) -> map(row)).optional();
    }

    List<RoomRef> findAll(Collection<Long> roomNids) {
        var sql = "SELECT room_nid, room_id, version FROM room WHERE room_nid = ANY(:roomNids)";
        return jdbc.sql(sql)
                .param("roomNids", roomNids.toArray(Long[]::new))
                .query((row, n) -> map(row))
                .list();
    }

    List<RoomRef> findAllById(Collection<RoomId> roomIds) {
        var sql = "SELECT room_nid, room_id, version FROM room WHERE room_id = ANY(:roomIds)";
        return jdbc.sql(sql)
                .param("roomIds", roomIds.stream().map(RoomId::value).toArray(String[]::new))
                .query((row, n) -> map(row))
                .list();
    }

    private static RoomRef map(ResultSet row) throws SQLException {
        return new RoomRef(
                row.getLong("room_nid"),
                new RoomId(row.getString("room_id")),
                RoomVersion.get(row.getString("version")));
    }
}
