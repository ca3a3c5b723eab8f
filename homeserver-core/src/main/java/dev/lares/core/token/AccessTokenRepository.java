package dev.lares.core.token;

import dev.lares.core.id.DeviceId;
import dev.lares.core.id.UserId;
import dev.lares.core.secret.TokenHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class AccessTokenRepository {
    private final JdbcClient jdbc;

    AccessTokenRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<AccessTokenRow> find(TokenHash hash) {
        var sql =
                """
                SELECT t.token_nid, t.user_nid, u.user_id, t.device_id, t.expires_ts,
                       CASE WHEN NOT t.used THEN t.refresh_nid END AS unused_refresh_nid,
                       a.admin, a.guest, a.locked, a.suspended
                FROM access_token t
                JOIN account a ON a.user_nid = t.user_nid
                JOIN user_ref u ON u.user_nid = t.user_nid
                WHERE t.token_hash = :hash AND a.deactivated_ts IS NULL
                """;
        return jdbc.sql(sql).param("hash", hash.bytes()).query((row, n) -> map(row)).optional();
    }

    /// The token pair that a refresh made.
    void insert(
            TokenHash hash, RefreshTokenRow owner, long refreshNid, Instant now, Instant expires) {
        var sql =
                """
                INSERT INTO access_token
                    (token_hash, user_nid, device_id, created_ts, expires_ts, refresh_nid)
                VALUES (:hash, :userNid, :deviceId, :createdTs, :expiresTs, :refreshNid)
                """;
        jdbc.sql(sql)
                .param("hash", hash.bytes())
                .param("userNid", owner.userNid())
                .param("deviceId", owner.deviceId().value())
                .param("createdTs", now.toEpochMilli())
                .param("expiresTs", expires.toEpochMilli())
                .param("refreshNid", refreshNid)
                .update();
    }

    /// Returns false where the token is gone.
    boolean markUsed(long tokenNid) {
        return jdbc.sql("UPDATE access_token SET used = true WHERE token_nid = :tokenNid")
                        .param("tokenNid", tokenNid)
                        .update()
                == 1;
    }

    /// Whether an access token that came with the refresh token has been used.
    boolean usedWith(long refreshNid) {
        var sql =
                """
                SELECT EXISTS (
                    SELECT FROM access_token WHERE refresh_nid = :refreshNid AND used)
                """;
        return jdbc.sql(sql).param("refreshNid", refreshNid).query(Boolean.class).single();
    }

    void deleteWith(long refreshNid) {
        jdbc.sql("DELETE FROM access_token WHERE refresh_nid = :refreshNid")
                .param("refreshNid", refreshNid)
                .update();
    }

    /// The device's tokens that expired before; a later use of them is answered like that of any
    /// unknown token.
    void deleteExpired(long userNid, DeviceId deviceId, Instant before) {
        var sql =
                """
                DELETE FROM access_token
                WHERE user_nid = :userNid AND device_id = :deviceId AND expires_ts < :before
                """;
        jdbc.sql(sql)
                .param("userNid", userNid)
                .param("deviceId", deviceId.value())
                .param("before", before.toEpochMilli())
                .update();
    }

    private static AccessTokenRow map(ResultSet row) throws SQLException {
        long expiresTs = row.getLong("expires_ts");
        var expiresAt =
                row.wasNull()
                        ? Optional.<Instant>empty()
                        : Optional.of(Instant.ofEpochMilli(expiresTs));
        long refreshNid = row.getLong("unused_refresh_nid");
        var unusedRefreshNid = row.wasNull() ? Optional.<Long>empty() : Optional.of(refreshNid);
        return new AccessTokenRow(
                row.getLong("token_nid"),
                row.getLong("user_nid"),
                new UserId(row.getString("user_id")),
                Optional.ofNullable(row.getString("device_id")).map(DeviceId::new),
                expiresAt,
                unusedRefreshNid,
                row.getBoolean("admin"),
                row.getBoolean("guest"),
                row.getBoolean("locked"),
                row.getBoolean("suspended"));
    }
}
