package dev.lares.core.token;

import dev.lares.core.id.DeviceId;
import dev.lares.core.secret.TokenHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class RefreshTokenRepository {
    private final JdbcClient jdbc;

    RefreshTokenRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Locks the token until the transaction ends.
    Optional<RefreshTokenRow> findForUpdate(TokenHash hash) {
        var sql =
                """
                SELECT refresh_nid, user_nid, device_id, expires_ts, successor_nid
                FROM refresh_token
                WHERE token_hash = :hash
                FOR UPDATE
                """;
        return jdbc.sql(sql).param("hash", hash.bytes()).query((row, n) -> map(row)).optional();
    }

    Optional<RefreshTokenRow> find(long refreshNid) {
        var sql =
                """
                SELECT refresh_nid, user_nid, device_id, expires_ts, successor_nid
                FROM refresh_token
                WHERE refresh_nid = :refreshNid
                """;
        return jdbc.sql(sql).param("refreshNid", refreshNid).query((row, n) -> map(row)).optional();
    }

    long insert(
            TokenHash hash, RefreshTokenRow predecessor, Instant now, @Nullable Instant expires) {
        var sql =
                """
                INSERT INTO refresh_token (token_hash, user_nid, device_id, created_ts, expires_ts)
                VALUES (:hash, :userNid, :deviceId, :createdTs, :expiresTs)
                RETURNING refresh_nid
                """;
        return jdbc.sql(sql)
                .param("hash", hash.bytes())
                .param("userNid", predecessor.userNid())
                .param("deviceId", predecessor.deviceId().value())
                .param("createdTs", now.toEpochMilli())
                .param("expiresTs", expires == null ? null : expires.toEpochMilli())
                .query(Long.class)
                .single();
    }

    void setSuccessor(long refreshNid, long successorNid) {
        var sql =
                """
                UPDATE refresh_token SET successor_nid = :successorNid
                WHERE refresh_nid = :refreshNid
                """;
        jdbc.sql(sql).param("refreshNid", refreshNid).param("successorNid", successorNid).update();
    }

    void delete(long refreshNid) {
        jdbc.sql("DELETE FROM refresh_token WHERE refresh_nid = :refreshNid")
                .param("refreshNid", refreshNid)
                .update();
    }

    /// Ends what was changed for the token, now that the token or its access token is in use.
    void deletePredecessors(long refreshNid) {
        jdbc.sql("DELETE FROM refresh_token WHERE successor_nid = :refreshNid")
                .param("refreshNid", refreshNid)
                .update();
    }

    private static RefreshTokenRow map(ResultSet row) throws SQLException {
        long expiresTs = row.getLong("expires_ts");
        var expiresAt =
                row.wasNull()
                        ? Optional.<Instant>empty()
                        : Optional.of(Instant.ofEpochMilli(expiresTs));
        long successorNid = row.getLong("successor_nid");
        var successor = row.wasNull() ? Optional.<Long>empty() : Optional.of(successorNid);
        return new RefreshTokenRow(
                row.getLong("refresh_nid"),
                row.getLong("user_nid"),
                new DeviceId(row.getString("device_id")),
                expiresAt,
                successor);
    }
}
