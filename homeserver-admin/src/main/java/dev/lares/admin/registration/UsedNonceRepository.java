package dev.lares.admin.registration;

import dev.lares.core.secret.TokenHash;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class UsedNonceRepository {
    private final JdbcClient jdbc;

    UsedNonceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Returns false where the nonce was used before.
    boolean insertIfAbsent(TokenHash nonce, Instant expiresAt) {
        var sql =
                """
                INSERT INTO used_nonce (nonce_hash, expires_ts) VALUES (:nonce, :expiresTs)
                ON CONFLICT (nonce_hash) DO NOTHING
                """;
        return jdbc.sql(sql)
                        .param("nonce", nonce.bytes())
                        .param("expiresTs", expiresAt.toEpochMilli())
                        .update()
                == 1;
    }

    void deleteExpired(Instant now) {
        jdbc.sql("DELETE FROM used_nonce WHERE expires_ts <= :now")
                .param("now", now.toEpochMilli())
                .update();
    }
}
