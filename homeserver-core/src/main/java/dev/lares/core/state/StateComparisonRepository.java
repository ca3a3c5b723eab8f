package dev.lares.core.state;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class StateComparisonRepository {
    private final JdbcClient jdbc;

    StateComparisonRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A stretch of a line: behind version `after`, up to and with `to`.
    record Stretch(int line, int after, int to) {}

    /// The keys that lines name in the stretches.
    List<Long> findKeys(long roomNid, List<Stretch> stretches) {
        var sql =
                """
                SELECT DISTINCT e.key_nid
                FROM unnest(:lines, :after, :to) AS s(line, after_ver, to_ver)
                JOIN state_entry e
                  ON e.room_nid = :room AND e.line = s.line
                 AND e.ver > s.after_ver AND e.ver <= s.to_ver
                """;
        return jdbc.sql(sql)
                .param("room", roomNid)
                .param("lines", stretches.stream().map(Stretch::line).toArray(Integer[]::new))
                .param("after", stretches.stream().map(Stretch::after).toArray(Integer[]::new))
                .param("to", stretches.stream().map(Stretch::to).toArray(Integer[]::new))
                .query((row, n) -> row.getLong("key_nid"))
                .list();
    }
}
