package dev.lares.core.log;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ReaderCursorRepository {
    private final JdbcClient jdbc;

    ReaderCursorRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The reader's cursor, made where it has none.
    Position getOrInsert(String reader, Position start) {
        var insert =
                """
                INSERT INTO reader_cursor (reader, pos) VALUES (:reader, :start)
                ON CONFLICT (reader) DO NOTHING
                """;
        jdbc.sql(insert).param("reader", reader).param("start", start.value()).update();
        var sql = "SELECT pos FROM reader_cursor WHERE reader = :reader";
        return new Position(jdbc.sql(sql).param("reader", reader).query(Long.class).single());
    }

    /// Moves cursors forward, as far as their leases are still the readers' own.
    void update(Map<String, LogReaders.Progress> progress) {
        var sql =
                """
                UPDATE reader_cursor c SET pos = p.pos
                FROM unnest(:readers, :positions, :leases, :epochs) AS p(reader, pos, lease, epoch)
                JOIN lease l ON l.name = p.lease AND l.epoch = p.epoch
                WHERE c.reader = p.reader AND c.pos < p.pos
                """;
        var readers = List.copyOf(progress.keySet());
        var values = List.copyOf(progress.values());
        jdbc.sql(sql)
                .param("readers", readers.toArray(String[]::new))
                .param(
                        "positions",
                        values.stream().map(one -> one.position().value()).toArray(Long[]::new))
                .param(
                        "leases",
                        values.stream().map(one -> one.lease().name()).toArray(String[]::new))
                .param(
                        "epochs",
                        values.stream().map(one -> one.lease().epoch()).toArray(Long[]::new))
                .update();
    }

    void insertPoison(String reader, Position position, String error, long nowMillis) {
        var sql =
                """
                INSERT INTO reader_poison (reader, pos, error, ts)
                VALUES (:reader, :pos, :error, :nowMillis)
                ON CONFLICT (reader, pos) DO NOTHING
                """;
        jdbc.sql(sql)
                .param("reader", reader)
                .param("pos", position.value())
                .param("error", error)
                .param("nowMillis", nowMillis)
                .update();
    }
}
