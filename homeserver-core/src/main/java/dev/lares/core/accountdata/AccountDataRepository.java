package dev.lares.core.accountdata;

import dev.lares.core.log.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class AccountDataRepository {
    /// More rows than this no account is allowed to have.
    static final int ROWS_MAX = 100_000;

    private final JdbcClient jdbc;

    AccountDataRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<String> findContent(long userNid, long roomNid, String type) {
        var sql =
                """
                SELECT content FROM account_data
                WHERE user_nid = :userNid AND room_nid = :roomNid AND type = :type
                  AND content IS NOT NULL
                """;
        return jdbc.sql(sql)
                .param("userNid", userNid)
                .param("roomNid", roomNid)
                .param("type", type)
                .query((row, n) -> row.getString("content"))
                .optional();
    }

    /// What changed in (since, to]; a row that moved beyond `to` comes with a later range. What was
    /// deleted is empty, and missing where nothing was known before.
    List<AccountDataRow> findChanged(long userNid, Position since, Position to) {
        var sql =
                """
                SELECT room_nid, type, pos, coalesce(content, '{}') AS content FROM account_data
                WHERE user_nid = :userNid AND pos > :since AND pos <= :to
                  AND (content IS NOT NULL OR :since > 0)
                ORDER BY pos
                LIMIT :limit
                """;
        return jdbc.sql(sql)
                .param("userNid", userNid)
                .param("since", since.value())
                .param("to", to.value())
                .param("limit", ROWS_MAX)
                .query((row, n) -> map(row))
                .list();
    }

    /// All of the rooms given.
    List<AccountDataRow> findOfRooms(long userNid, List<Long> roomNids) {
        var sql =
                """
                SELECT room_nid, type, pos, content FROM account_data
                WHERE user_nid = :userNid AND room_nid = ANY(:roomNids) AND content IS NOT NULL
                ORDER BY pos
                LIMIT :limit
                """;
        return jdbc.sql(sql)
                .param("userNid", userNid)
                .param("roomNids", roomNids.toArray(Long[]::new))
                .param("limit", ROWS_MAX)
                .query((row, n) -> map(row))
                .list();
    }

    List<AccountDataRow> findOfType(long userNid, String type) {
        var sql =
                """
                SELECT room_nid, type, pos, content FROM account_data
                WHERE user_nid = :userNid AND type = :type AND content IS NOT NULL
                LIMIT :limit
                """;
        return jdbc.sql(sql)
                .param("userNid", userNid)
                .param("type", type)
                .param("limit", ROWS_MAX)
                .query((row, n) -> map(row))
                .list();
    }

    int count(long userNid) {
        var sql = "SELECT count(*) AS n FROM account_data WHERE user_nid = :userNid";
        return jdbc.sql(sql).param("userNid", userNid).query((row, n) -> row.getInt("n")).single();
    }

    private static AccountDataRow map(ResultSet row) throws SQLException {
        return new AccountDataRow(
                row.getLong("room_nid"),
                row.getString("type"),
                row.getLong("pos"),
                row.getString("content"));
    }
}
