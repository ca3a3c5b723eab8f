package dev.lares.core.token;

import dev.lares.core.secret.TokenHash;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class LoginTokenRepository {
    private final JdbcClient jdbc;

    LoginTokenRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(TokenHash hash, long userNid, Instant expiresAt) {
        var sql =
                """
                INSERT INTO login_token (token_hash, user_nid, expires_ts)
                VALUES (:hash, :userNid, :expiresTs)
                """;
        jdbc.sql(sql)
                .param("hash", hash.bytes())
                .param("userNid", userNid)
                .param("expiresTs", expiresAt.toEpochMilli())
                .update();
    }

    void deleteExpired(Instant now) {
        jdbc.sql("DELETE FROM login_token WHERE expires_ts <= :now")
                .param("now", now.toEpochMilli())
                .update();
    }

    /// The user whose token it was, the first time that it is asked for.
    Optional<Long> take(TokenHash hash, Instant now) {
        var sql =
                """
                DELETE FROM login_token WHERE token_hash = :hash AND expires_ts > :now
                RETURNING user_nid
                """;
        return jdbc.sql(sql)
                .param("hash", hash.bytes())
                .param("now", now.toEpochMilli())
                .query(Long.class)
                .optional();
    }
}
