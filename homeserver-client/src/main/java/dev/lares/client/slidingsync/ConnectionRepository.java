package dev.lares.client.slidingsync;

import dev.lares.core.work.RetentionRule;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ConnectionRepository implements RetentionRule {
    private final JdbcClient jdbc;

    ConnectionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// When the row was written or last confirmed.
    ///
    /// @param sent absent where another version of the server wrote it
    record Row(Optional<SentRooms> sent, Instant usedAt) {}

    Optional<Row> find(ConnectionKey key, long epoch, int serial) {
        var sql =
                """
                SELECT sent, used_at FROM sliding_connection
                WHERE user_nid = :userNid AND device = :device AND conn_id = :connId
                  AND epoch = :epoch AND serial = :serial
                """;
        return jdbc.sql(sql)
                .param("userNid", key.userNid())
                .param("device", key.device())
                .param("connId", key.connId())
                .param("epoch", epoch)
                .param("serial", serial)
                .query((row, n) ->
                        new Row(
                                SentRoomsCodec.decode(row.getBytes("sent")),
                                row.getObject("used_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /// A new connection takes the place of the one with its name.
    void insertFirst(ConnectionKey key, long epoch, int serial, byte[] sent) {
        var sql =
                """
                WITH gone AS (
                    DELETE FROM sliding_connection
                    WHERE user_nid = :userNid AND device = :device AND conn_id = :connId)
                INSERT INTO sliding_connection (user_nid, device, conn_id, epoch, serial, parent, sent)
                VALUES (:userNid, :device, :connId, :epoch, :serial, 0, :sent)
                """;
        jdbc.sql(sql)
                .param("userNid", key.userNid())
                .param("device", key.device())
                .param("connId", key.connId())
                .param("epoch", epoch)
                .param("serial", serial)
                .param("sent", sent)
                .update();
    }

    /// Leaves a device only so many connections, those that were used last.
    void deleteBeyond(ConnectionKey key, int connectionsMax) {
        var sql =
                """
                DELETE FROM sliding_connection
                WHERE user_nid = :userNid AND device = :device AND conn_id IN (
                    SELECT conn_id FROM sliding_connection
                    WHERE user_nid = :userNid AND device = :device
                    GROUP BY conn_id
                    ORDER BY max(used_at) DESC, conn_id
                    OFFSET :connectionsMax)
                """;
        jdbc.sql(sql)
                .param("userNid", key.userNid())
                .param("device", key.device())
                .param("connectionsMax", connectionsMax)
                .update();
    }

    /// Writes what an answer tells that rests on `parent`, of which the client has shown that it
    /// knows it. What is older goes, and of the answers that rest on the same all but the newest:
    /// one of them may be on its way.
    ///
    /// @return whether the connection is still there
    boolean insertNext(
            ConnectionKey key, long epoch, int parent, int serial, byte[] sent, int siblingsMax) {
        var sql =
                """
                WITH gone AS (
                    DELETE FROM sliding_connection
                    WHERE user_nid = :userNid AND device = :device AND conn_id = :connId
                      AND NOT (epoch = :epoch AND serial = :parent)
                      AND NOT (epoch = :epoch AND parent = :parent AND serial IN (
                          SELECT serial FROM sliding_connection
                          WHERE user_nid = :userNid AND device = :device AND conn_id = :connId
                            AND epoch = :epoch AND parent = :parent
                          ORDER BY used_at DESC
                          LIMIT :siblingsMax)))
                INSERT INTO sliding_connection (user_nid, device, conn_id, epoch, serial, parent, sent)
                SELECT :userNid, :device, :connId, :epoch, :serial, :parent, :sent
                WHERE EXISTS (SELECT FROM sliding_connection
                              WHERE user_nid = :userNid AND device = :device AND conn_id = :connId
                                AND epoch = :epoch AND serial = :parent)
                """;
        return jdbc.sql(sql)
                        .param("userNid", key.userNid())
                        .param("device", key.device())
                        .param("connId", key.connId())
                        .param("epoch", epoch)
                        .param("serial", serial)
                        .param("parent", parent)
                        .param("sent", sent)
                        .param("siblingsMax", siblingsMax)
                        .update()
                == 1;
    }

    /// Notes that a connection is in use.
    void touch(ConnectionKey key, long epoch) {
        var sql =
                """
                UPDATE sliding_connection SET used_at = now()
                WHERE user_nid = :userNid AND device = :device AND conn_id = :connId
                  AND epoch = :epoch
                """;
        jdbc.sql(sql)
                .param("userNid", key.userNid())
                .param("device", key.device())
                .param("connId", key.connId())
                .param("epoch", epoch)
                .update();
    }

    @Override
    public String table() {
        return "sliding_connection";
    }

    @Override
    public int deleteOld(int limit) {
        var sql =
                """
                DELETE FROM sliding_connection WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM sliding_connection
                    WHERE used_at < now() - interval '30 days'
                    LIMIT :limit))
                """;
        return jdbc.sql(sql).param("limit", limit).update();
    }
}
