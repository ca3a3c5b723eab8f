package dev.lares.core.account;

import dev.lares.core.secret.TokenHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class RegistrationTokenRepository {
    /// Of the hash, in hexadecimal: enough to tell tokens apart, and no way back to one.
    private static final int ID_CHARS = 12;

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

    /// The newest first.
    List<RegistrationToken> findAll(Instant now, int limit) {
        var sql =
                """
                SELECT left(encode(token_hash, 'hex'), :idChars) AS id, hint, uses_allowed,
                    completed, expires_ts, created_ts,
                    (uses_allowed IS NULL OR completed < uses_allowed)
                        AND (expires_ts IS NULL OR expires_ts > :now) AS usable
                FROM registration_token
                ORDER BY created_ts DESC, token_hash
                LIMIT :limit
                """;
        return jdbc.sql(sql)
                .param("idChars", ID_CHARS)
                .param("now", now.toEpochMilli())
                .param("limit", limit)
                .query((row, n) ->
                        new RegistrationToken(
                                row.getString("id"),
                                row.getString("hint"),
                                Optional.ofNullable(row.getObject("uses_allowed", Integer.class)),
                                row.getInt("completed"),
                                Optional.ofNullable(row.getObject("expires_ts", Long.class))
                                        .map(Instant::ofEpochMilli),
                                Instant.ofEpochMilli(row.getLong("created_ts")),
                                row.getBoolean("usable")))
                .list();
    }

    /// Returns false where there is none.
    boolean delete(TokenHash hash) {
        return jdbc.sql("DELETE FROM registration_token WHERE token_hash = :hash")
                        .param("hash", hash.bytes())
                        .update()
                == 1;
    }

    /// Returns false where there is none, or, one in 2^48, several.
    boolean deleteById(String id) {
        var sql =
                """
                DELETE FROM registration_token
                WHERE left(encode(token_hash, 'hex'), :idChars) = :id
                  AND 1 = (
                    SELECT count(*) FROM registration_token
                    WHERE left(encode(token_hash, 'hex'), :idChars) = :id)
                """;
        return jdbc.sql(sql).param("idChars", ID_CHARS).param("id", id).update() == 1;
    }
}
