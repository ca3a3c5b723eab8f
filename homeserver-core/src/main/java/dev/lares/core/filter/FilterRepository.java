package dev.lares.core.filter;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class FilterRepository {
    private final JdbcClient jdbc;

    FilterRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Integer> findId(long userNid, byte[] hash) {
        var sql =
                """
                SELECT filter_id FROM user_filter
                WHERE user_nid = :userNid AND hash = :hash
                """;
        return jdbc.sql(sql)
                .param("userNid", userNid)
                .param("hash", hash)
                .query(Integer.class)
                .optional();
    }

    /// Returns nothing where another request stored a filter at the same moment.
    Optional<Integer> insertNext(long userNid, byte[] hash, String json) {
        var sql =
                """
                INSERT INTO user_filter (user_nid, filter_id, hash, json)
                SELECT :userNid, coalesce(max(filter_id) + 1, 0), :hash, :json
                FROM user_filter WHERE user_nid = :userNid
                ON CONFLICT DO NOTHING
                RETURNING filter_id
                """;
        return jdbc.sql(sql)
                .param("userNid", userNid)
                .param("hash", hash)
                .param("json", json)
                .query(Integer.class)
                .optional();
    }

    int count(long userNid) {
        var sql = "SELECT count(*) FROM user_filter WHERE user_nid = :userNid";
        return jdbc.sql(sql).param("userNid", userNid).query(Integer.class).single();
    }

    Optional<String> findJson(long userNid, int filterId) {
        var sql =
                """
                SELECT json FROM user_filter
                WHERE user_nid = :userNid AND filter_id = :filterId
                """;
        return jdbc.sql(sql)
                .param("userNid", userNid)
                .param("filterId", filterId)
                .query(String.class)
                .optional();
    }
}
