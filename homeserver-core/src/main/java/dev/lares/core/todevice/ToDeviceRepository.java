package dev.lares.core.todevice;

import dev.lares.core.id.DeviceId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.Position;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ToDeviceRepository {
    private final JdbcClient jdbc;

    ToDeviceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Messages in (after, to], oldest first.
    List<ToDeviceMessage> find(
            long userNid, DeviceId deviceId, long after, Position to, int limit) {
        var sql =
                """
                SELECT m.pos, u.user_id, m.type, m.content
                FROM to_device m JOIN user_ref u ON u.user_nid = m.sender_nid
                WHERE m.user_nid = :userNid AND m.device_id = :deviceId
                  AND m.pos > :after AND m.pos <= :to
                ORDER BY m.pos
                LIMIT :limit
                """;
        return jdbc.sql(sql)
                .param("userNid", userNid)
                .param("deviceId", deviceId.value())
                .param("after", after)
                .param("to", to.value())
                .param("limit", limit)
                .query((row, n) ->
                        new ToDeviceMessage(
                                row.getLong("pos"),
                                new UserId(row.getString("user_id")),
                                row.getString("type"),
                                row.getString("content")))
                .list();
    }

    void deleteUpTo(long userNid, DeviceId deviceId, long upTo) {
        var sql =
                """
                DELETE FROM to_device
                WHERE user_nid = :userNid AND device_id = :deviceId AND pos <= :upTo
                """;
        jdbc.sql(sql)
                .param("userNid", userNid)
                .param("deviceId", deviceId.value())
                .param("upTo", upTo)
                .update();
    }
}
