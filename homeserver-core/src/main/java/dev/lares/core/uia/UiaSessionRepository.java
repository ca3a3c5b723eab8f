package dev.lares.core.uia;

import dev.lares.core.secret.TokenHash;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class UiaSessionRepository {
    /// Rows swept with each new one: more than one, so that they cannot pile up.
    private static final int SWEPT = 20;

    private final JdbcClient jdbc;

    UiaSessionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Progress(Set<UiaStage> completed, Optional<TokenHash> registrationToken) {}

    Optional<Progress> find(TokenHash session) {
        var sql =
                """
                SELECT completed, registration_token_hash
                FROM uia_session
                WHERE session_hash = :session
                """;
        return jdbc.sql(sql)
                .param("session", session.bytes())
                .query((row, n) ->
                        new Progress(
                                stages(row.getArray("completed")),
                                Optional.ofNullable(row.getBytes("registration_token_hash"))
                                        .map(HexFormat.of()::formatHex)
                                        .map(TokenHash::new)))
                .optional();
    }

    /// Notes that a stage was passed; two replicas may note two stages at once.
    void addCompleted(
            TokenHash session, UiaStage stage, Optional<TokenHash> token, Instant expiresAt) {
        var sql =
                """
                INSERT INTO uia_session
                    (session_hash, completed, registration_token_hash, expires_ts)
                VALUES (:session, ARRAY[:stage], :token, :expiresTs)
                ON CONFLICT (session_hash) DO UPDATE SET
                    completed = uia_session.completed || excluded.completed,
                    registration_token_hash = coalesce(
                        excluded.registration_token_hash, uia_session.registration_token_hash)
                    WHERE NOT uia_session.completed @> excluded.completed
                """;
        jdbc.sql(sql)
                .param("session", session.bytes())
                .param("stage", stage.type())
                .param("token", token.map(TokenHash::bytes).orElse(null))
                .param("expiresTs", expiresAt.toEpochMilli())
                .update();
    }

    void delete(TokenHash session) {
        jdbc.sql("DELETE FROM uia_session WHERE session_hash = :session")
                .param("session", session.bytes())
                .update();
    }

    void sweep(Instant now) {
        var sql =
                """
                DELETE FROM uia_session WHERE session_hash IN (
                    SELECT session_hash FROM uia_session
                    WHERE expires_ts <= :now
                    ORDER BY expires_ts LIMIT :limit
                    FOR UPDATE SKIP LOCKED)
                """;
        jdbc.sql(sql).param("now", now.toEpochMilli()).param("limit", SWEPT).update();
    }

    private static Set<UiaStage> stages(Array types) throws SQLException {
        var stages = EnumSet.noneOf(UiaStage.class);
        for (var type : (String[]) types.getArray()) {
            // A stage that an older release offered is not asked for any more.
            UiaStage.find(type).ifPresent(stages::add);
        }
        return stages;
    }
}
