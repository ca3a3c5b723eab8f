package dev.lares.core.append;

import dev.lares.core.work.RetentionRule;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Answers to repeated requests, as far as time changes them.
@Repository
class TransactionAnswerRepository implements RetentionRule {
    private final JdbcClient jdbc;

    TransactionAnswerRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String table() {
        return "transaction_answer";
    }

    /// They are kept for a day, by the database's time.
    @Override
    public int deleteOld(int limit) {
        var sql =
                """
                DELETE FROM transaction_answer
                WHERE (user_nid, scope, endpoint, txn_id) IN (
                    SELECT user_nid, scope, endpoint, txn_id FROM transaction_answer
                    WHERE ts < extract(epoch FROM now() - interval '1 day') * 1000
                    ORDER BY ts
                    LIMIT :limit)
                """;
        return jdbc.sql(sql).param("limit", limit).update();
    }
}
