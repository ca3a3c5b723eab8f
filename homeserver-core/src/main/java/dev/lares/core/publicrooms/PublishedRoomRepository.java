package dev.lares.core.publicrooms;

import dev.lares.core.id.ServerName;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class PublishedRoomRepository {
    private final JdbcClient jdbc;

    PublishedRoomRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(ServerName domain, long roomNid, long now) {
        var sql =
                """
                INSERT INTO published_room (domain, room_nid, published_ts)
                VALUES (:domain, :roomNid, :now)
                ON CONFLICT (domain, room_nid) DO NOTHING
                """;
        jdbc.sql(sql)
                .param("domain", domain.value())
                .param("roomNid", roomNid)
                .param("now", now)
                .update();
    }

    void delete(ServerName domain, long roomNid) {
        var sql = "DELETE FROM published_room WHERE domain = :domain AND room_nid = :roomNid";
        jdbc.sql(sql).param("domain", domain.value()).param("roomNid", roomNid).update();
    }

    /// The domains in whose directories the room is: at most as many as we host.
    List<ServerName> findDomains(long roomNid) {
        var sql = "SELECT domain FROM published_room WHERE room_nid = :roomNid LIMIT 1000";
        return jdbc.sql(sql)
                .param("roomNid", roomNid)
                .query((row, n) -> new ServerName(row.getString("domain")))
                .list();
    }
}
