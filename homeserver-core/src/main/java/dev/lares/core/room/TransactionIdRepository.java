package dev.lares.core.room;

import dev.lares.core.log.TransactionKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads what the log noted of requests with transaction IDs.
@Repository
class TransactionIdRepository {
    private final JdbcClient jdbc;

    TransactionIdRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The transaction IDs under which that device sent those events.
    Map<Long, String> find(Viewer viewer, Collection<Long> eventNids) {
        var sql =
                """
                SELECT event_nid, txn_id
                FROM transaction_answer
                WHERE event_nid = ANY(:eventNids)
                  AND user_nid = :userNid AND scope = :scope
                """;
        var found = new HashMap<Long, String>();
        jdbc.sql(sql)
                .param("eventNids", eventNids.toArray(Long[]::new))
                .param("userNid", viewer.userNid())
                .param("scope", viewer.transactionScope())
                .query(row -> {
                    found.put(row.getLong("event_nid"), row.getString("txn_id"));
                });
        return found;
    }

    /// Who sent those events under which transaction IDs, by the event's number.
    Map<Long, SentBy> find(Collection<Long> eventNids) {
        var sql =
                """
                SELECT event_nid, user_nid, scope, txn_id
                FROM transaction_answer
                WHERE event_nid = ANY(:eventNids)
                """;
        var found = new HashMap<Long, SentBy>();
        jdbc.sql(sql)
                .param("eventNids", eventNids.toArray(Long[]::new))
                .query(row -> {
                    found.put(
                            row.getLong("event_nid"),
                            new SentBy(
                                    row.getLong("user_nid"),
                                    row.getString("scope"),
                                    row.getString("txn_id")));
                });
        return found;
    }

    /// The event that an earlier request with that key sent.
    Optional<Long> findEventNid(TransactionKey key) {
        var sql =
                """
                SELECT event_nid
                FROM transaction_answer
                WHERE user_nid = :userNid AND scope = :scope AND endpoint = :endpoint
                  AND txn_id = :txnId AND event_nid IS NOT NULL
                """;
        return jdbc.sql(sql)
                .param("userNid", key.userNid())
                .param("scope", key.scope())
                .param("endpoint", key.endpoint())
                .param("txnId", key.txnId())
                .query((row, n) -> row.getLong("event_nid"))
                .optional();
    }
}
