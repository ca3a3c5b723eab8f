package dev.lares.core.openid;

import dev.lares.core.id.UserId;
import dev.lares.core.secret.TokenHash;
import dev.lares.core.work.RetentionRule;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class OpenIdTokenRepository implements RetentionRule {
    private final JdbcClient jdbc;

    OpenIdTokenRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(TokenHash hash, long userNid, Instant expiresAt) {
        var sql =
                """
                INSERT INTO openid_token (token_hash, user_nid, expires_ts)
                VALUES (:hash, :userNid, :expiresTs)
                """;
        jdbc.sql(sql)
                .param("hash", hash.bytes())
                .param("userNid", userNid)
                .param("expiresTs", expiresAt.toEpochMilli())
                .update();
    }

    /// Whose token it is, as long as it is good and the account lives.
    Optional<UserId> find(TokenHash hash, Instant now) {
        var sql =
                """
                SELECT u.user_id
                FROM openid_token t
                JOIN account a ON a.user_nid = t.user_nid
                JOIN user_ref u ON u.user_nid = t.user_nid
                WHERE t.token_hash = :hash AND t.expires_ts > :now
                  AND a.deactivated_ts IS NULL AND NOT a.locked
                """;
        return jdbc.sql(sql)
                .param("hash", hash.bytes())
                .param("now", now.toEpochMilli())
                .query((row, n) -> new UserId(row.getString("user_id")))
                .optional();
    }

    @Override
    public String table() {
        return "openid_token";
    }

    @Override
    public int deleteOld(int limit) {
        var sql =
                """
                DELETE FROM openid_token WHERE token_hash IN (
                    SELECT token_hash FROM openid_token
                    WHERE expires_ts < extract(epoch FROM now()) * 1000
                    ORDER BY expires_ts
                    LIMIT :limit)
                """;
        return jdbc.sql(sql).param("limit", limit).update();
    }
}
