package dev.lares.core.account;

import dev.lares.core.secret.TokenHash;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class RegistrationTokenRepository {
    private final JdbcClient jdbc;

    RegistrationTokenRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Returns false where the token exists.
    boolean insertIfAbsent(
            TokenHash hash,
            String hint,
            Optional<Integer> usesAllowed,
            Optional<Instant> expiresAt,
            Instant createdAt) {
        var sql =
                """
                INSERT INTO registration_token
                    (token_hash, hint, uses_allowed, expires_ts, created_ts)
                VALUES (:hash, :hint, :usesAllowed, :expiresTs, :createdTs)
                ON CONFLICT (token_hash) DO NOTHING
                """;
        return jdbc.sql(sql)
                        .param("hash", hash.bytes())
                        .param("hint", hint)
                        .param("usesAllowed", usesAllowed.orElse(null))
                        .param("expiresTs", expiresAt.map(Instant::toEpochMilli).orElse(null))
                        .param("createdTs", createdAt.toEpochMilli())
                        .update()
                == 1;
    }

    boolean valid(TokenHash hash, Instant now) {
        var sql =
                """
                SELECT EXISTS (
                    SELECT FROM registration_token
                    WHERE token_hash = :hash
                      AND (uses_allowed IS NULL OR completed < uses_allowed)
                      AND (expires_ts IS NULL OR expires_ts > :now))
                """;
        return jdbc.sql(sql)
                .param("hash", hash.bytes())
                .param("now", now.toEpochMilli())
                .query(Boolean.class)
                .single();
    }

    /// Uses the token once; returns false where it cannot be used any more.
    boolean use(TokenHash hash, Instant now) {
        var sql =
                """
                UPDATE registration_token SET completed = completed + 1
                WHERE token_hash = :hash
                  AND (uses_allowed IS NULL OR completed < uses_allowed)
                  AND (expires_ts IS NULL OR expires_ts > :now)
                """;
        return jdbc.sql(sql).param("hash", hash.bytes()).param("now", now.toEpochMilli()).update()
                == 1;
    }
}
