package dev.lares.core.account;

import dev.lares.core.secret.TokenHash;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class SetupLinkRepository {
    private final JdbcClient jdbc;

    SetupLinkRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(TokenHash hash, Instant expiresAt) {
        jdbc.sql("INSERT INTO setup_link (token_hash, expires_ts) VALUES (:hash, :expiresTs)")
                .param("hash", hash.bytes())
                .param("expiresTs", expiresAt.toEpochMilli())
                .update();
    }

    void deleteExpired(Instant now) {
        jdbc.sql("DELETE FROM setup_link WHERE expires_ts <= :now")
                .param("now", now.toEpochMilli())
                .update();
    }

    boolean valid(TokenHash hash, Instant now) {
        var sql =
                """
                SELECT EXISTS (
                    SELECT FROM setup_link WHERE token_hash = :hash AND expires_ts > :now)
                """;
        return jdbc.sql(sql)
                .param("hash", hash.bytes())
                .param("now", now.toEpochMilli())
                .query(Boolean.class)
                .single();
    }

    /// Uses the link, and with it all others. Returns false where it was not good any more.
    boolean use(TokenHash hash, Instant now) {
        var sql =
                """
                DELETE FROM setup_link WHERE token_hash = :hash AND expires_ts > :now
                """;
        boolean good =
                jdbc.sql(sql).param("hash", hash.bytes()).param("now", now.toEpochMilli()).update()
                        == 1;
        if (good) {
            jdbc.sql("DELETE FROM setup_link").update();
        }
        return good;
    }
}
