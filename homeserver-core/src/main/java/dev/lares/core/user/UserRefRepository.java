package dev.lares.core.user;

import dev.lares.core.id.UserId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class UserRefRepository {
    private final JdbcClient jdbc;

    UserRefRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Map<UserId, Long> find(Collection<UserId> userIds) {
        var sql = "SELECT user_id, user_nid FROM user_ref WHERE user_id = ANY(:userIds)";
        var found = new HashMap<UserId, Long>();
        jdbc.sql(sql)
                .param("userIds", userIds.stream().map(UserId::value).toArray(String[]::new))
                .query(row -> {
                    found.put(new UserId(row.getString("user_id")), row.getLong("user_nid"));
                });
        return found;
    }

    Map<Long, UserId> findByNid(Collection<Long> userNids) {
        var sql = "SELECT user_id, user_nid FROM user_ref WHERE user_nid = ANY(:userNids)";
        var found = new HashMap<Long, UserId>();
        jdbc.sql(sql)
                .param("userNids", userNids.toArray(Long[]::new))
                .query(row -> {
                    found.put(row.getLong("user_nid"), new UserId(row.getString("user_id")));
                });
        return found;
    }

    /// Sorted, so that two statements that insert the same names wait for each other in one order.
    void insertAbsent(Collection<UserId> userIds) {
        var sql =
                """
                INSERT INTO user_ref (user_id)
                SELECT u.user_id FROM unnest(:userIds) AS u(user_id)
                ON CONFLICT (user_id) DO NOTHING
                """;
        jdbc.sql(sql)
                .param(
                        "userIds",
                        userIds.stream().map(UserId::value).sorted().toArray(String[]::new))
                .update();
    }
}
