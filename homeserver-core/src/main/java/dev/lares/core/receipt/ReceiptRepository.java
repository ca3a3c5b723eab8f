package dev.lares.core.receipt;

import dev.lares.core.id.UserId;
import dev.lares.core.log.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ReceiptRepository {
    /// More receipts of one room a sync does not carry; those of the most recent readers are taken.
    private static final int ROOM_RECEIPTS_MAX = 2_000;

    private final JdbcClient jdbc;

    ReceiptRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What changed in (from, to] in several rooms, private receipts of others left out.
    List<Receipt> findChanged(long forUserNid, long[] roomNids, long[] from, Position to) {
        var sql =
                """
                SELECT c.room_nid, u.user_id, c.user_nid, c.receipt_type, c.thread_id, c.event_nid,
                       c.event_pos, c.ts
                FROM unnest(:roomNids, :from) AS r(room_nid, from_pos)
                CROSS JOIN LATERAL (
                    SELECT * FROM receipt x
                    WHERE x.room_nid = r.room_nid AND x.pos > r.from_pos AND x.pos <= :to
                      AND (x.receipt_type = 'm.read' OR x.user_nid = :forUserNid)
                    ORDER BY x.pos DESC LIMIT :limit) c
                JOIN user_ref u ON u.user_nid = c.user_nid
                """;
        return jdbc.sql(sql)
                .param("roomNids", roomNids)
                .param("from", from)
                .param("to", to.value())
                .param("forUserNid", forUserNid)
                .param("limit", ROOM_RECEIPTS_MAX)
                .query((row, n) -> map(row))
                .list();
    }

    /// All receipts of one user in several rooms.
    List<Receipt> findOwn(long userNid, long[] roomNids, Position to) {
        var sql =
                """
                SELECT c.room_nid, u.user_id, c.user_nid, c.receipt_type, c.thread_id, c.event_nid,
                       c.event_pos, c.ts
                FROM receipt c JOIN user_ref u ON u.user_nid = c.user_nid
                WHERE c.room_nid = ANY(:roomNids) AND c.user_nid = :userNid AND c.pos <= :to
                """;
        return jdbc.sql(sql)
                .param("roomNids", roomNids)
                .param("userNid", userNid)
                .param("to", to.value())
                .query((row, n) -> map(row))
                .list();
    }

    private static Receipt map(ResultSet row) throws SQLException {
        return new Receipt(
                row.getLong("room_nid"),
                new UserId(row.getString("user_id")),
                row.getLong("user_nid"),
                ReceiptType.find(row.getString("receipt_type")).orElseThrow(),
                row.getString("thread_id"),
                row.getLong("event_nid"),
                row.getLong("event_pos"),
                row.getLong("ts"));
    }
}
