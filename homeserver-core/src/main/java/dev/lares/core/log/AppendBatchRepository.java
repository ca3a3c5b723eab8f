package dev.lares.core.log;

import dev.lares.core.work.RetentionRule;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Repository;

@Repository
class AppendBatchRepository implements RetentionRule {
    private final JdbcClient jdbc;

    @Autowired
    AppendBatchRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Over one given connection.
    AppendBatchRepository(Connection connection) {
        this(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
    }

    /// @param movedOn whether the log was moved on, the only batch that leaves a gap before it
    record BatchRow(AppliedBatch batch, boolean movedOn) {}

    /// The committed head; zero while nothing was appended.
    Position getHead() {
        var sql = "SELECT coalesce(max(last_pos), 0) FROM append_batch";
        return new Position(jdbc.sql(sql).query(Long.class).single());
    }

    /// The next batches, oldest first.
    List<BatchRow> findAfter(Position position, int limit) {
        var sql =
                """
                SELECT first_pos, last_pos, rooms, users, streams, kind
                FROM append_batch
                WHERE last_pos > :position
                ORDER BY last_pos
                LIMIT :limit
                """;
        return jdbc.sql(sql)
                .param("position", position.value())
                .param("limit", limit)
                .query((row, n) -> map(row))
                .list();
    }

    @Override
    public String table() {
        return "append_batch";
    }

    /// Batches older than a day go, but none that a reader has still to read, and not the newest.
    @Override
    public int deleteOld(int limit) {
        var sql =
                """
                DELETE FROM append_batch WHERE last_pos IN (
                    SELECT last_pos FROM append_batch
                    WHERE last_pos < (SELECT max(last_pos) FROM append_batch)
                      AND last_pos <= (SELECT coalesce(min(pos), 9223372036854775807) FROM reader_cursor)
                    ORDER BY last_pos
                    LIMIT :limit)
                  AND created_at < now() - interval '1 day'
                """;
        return jdbc.sql(sql).param("limit", limit).update();
    }

    private static BatchRow map(ResultSet row) throws SQLException {
        var batch =
                new AppliedBatch(
                        new Position(row.getLong("first_pos")),
                        new Position(row.getLong("last_pos")),
                        longs(row.getArray("rooms")),
                        longs(row.getArray("users")),
                        List.of((String[]) row.getArray("streams").getArray()));
        return new BatchRow(batch, row.getString("kind").equals("epoch"));
    }

    private static List<Long> longs(Array array) throws SQLException {
        return List.of((Long[]) array.getArray());
    }
}
