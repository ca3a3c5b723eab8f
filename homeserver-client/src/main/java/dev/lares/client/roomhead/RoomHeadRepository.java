package dev.lares.client.roomhead;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class RoomHeadRepository {
    private final JdbcClient jdbc;

    RoomHeadRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Those that were written since the room was last purged or repaired.
    Map<Long, byte[]> find(Collection<Long> roomNids) {
        var sql =
                """
                SELECT h.room_nid, h.head
                FROM room_head h
                JOIN room r ON r.room_nid = h.room_nid AND r.epoch = h.epoch
                WHERE h.room_nid = ANY(:roomNids)
                """;
        var found = new HashMap<Long, byte[]>();
        jdbc.sql(sql)
                .param("roomNids", roomNids.toArray(Long[]::new))
                .query(row -> {
                    found.put(row.getLong("room_nid"), row.getBytes("head"));
                });
        return found;
    }

    /// Never puts an older one in the place of a newer one. Each has at least one row.
    void upsert(List<RoomHead> heads) {
        var sql =
                """
                INSERT INTO room_head (room_nid, pos, epoch, head)
                SELECT n.room_nid, n.pos, r.epoch, n.head
                FROM unnest(:roomNids::bigint[], :positions::bigint[], :heads::bytea[]) AS n(room_nid, pos, head)
                JOIN room r ON r.room_nid = n.room_nid
                ORDER BY n.room_nid
                ON CONFLICT (room_nid) DO UPDATE
                    SET pos = excluded.pos, epoch = excluded.epoch, head = excluded.head
                    WHERE room_head.pos < excluded.pos OR room_head.epoch <> excluded.epoch
                """;
        jdbc.sql(sql)
                .param(
                        "roomNids",
                        heads.stream().map(head -> head.room().roomNid()).toArray(Long[]::new))
                .param(
                        "positions",
                        heads.stream()
                                .map(head -> head.rows().getLast().pos())
                                .toArray(Long[]::new))
                .param("heads", heads.stream().map(HeadCodec::encode).toArray(byte[][]::new))
                .update();
    }
}
