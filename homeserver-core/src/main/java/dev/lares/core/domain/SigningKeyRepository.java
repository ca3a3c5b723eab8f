package dev.lares.core.domain;

import dev.lares.core.crypto.SigningKey;
import dev.lares.core.id.ServerName;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class SigningKeyRepository {
    private static final String ALGORITHM = "ed25519:";

    private final JdbcClient jdbc;

    SigningKeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<SigningKey> findCurrent(ServerName domain) {
        var sql =
                "SELECT key_id, seed FROM signing_key WHERE domain = :domain AND expired_ts IS NULL";
        return jdbc.sql(sql)
                .param("domain", domain.value())
                .query((row, n) ->
                        SigningKey.of(
                                row.getString("key_id").substring(ALGORITHM.length()),
                                row.getBytes("seed")))
                .optional();
    }

    /// False where another replica was first.
    boolean insertIfAbsent(ServerName domain, String keyId, byte[] seed, long nowMillis) {
        var sql =
                """
                INSERT INTO signing_key (domain, key_id, seed, created_ts)
                VALUES (:domain, :keyId, :seed, :nowMillis)
                ON CONFLICT DO NOTHING
                """;
        return jdbc.sql(sql)
                        .param("domain", domain.value())
                        .param("keyId", keyId)
                        .param("seed", seed)
                        .param("nowMillis", nowMillis)
                        .update()
                == 1;
    }
}
