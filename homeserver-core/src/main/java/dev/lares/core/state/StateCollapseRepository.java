package dev.lares.core.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class StateCollapseRepository {
    private final JdbcClient jdbc;

    StateCollapseRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The smallest version of each line that an event has as the state before it.
    List<StateRef> findOldestOfEvents(long roomNid) {
        var sql =
                """
                SELECT state_line, min(state_ver) AS ver FROM event
                WHERE room_nid = :room AND state_line IS NOT NULL
                GROUP BY state_line
                """;
        return jdbc.sql(sql)
                .param("room", roomNid)
                .query((row, n) -> new StateRef(row.getInt("state_line"), row.getInt("ver")))
                .list();
    }

    /// The oldest position at which someone may still ask for the state.
    Optional<Long> findOldestPosition(long roomNid) {
        var sql = "SELECT min(pos) AS pos FROM timeline WHERE room_nid = :room AND pos > 0";
        var found = new ArrayList<Long>();
        jdbc.sql(sql)
                .param("room", roomNid)
                .query(row -> {
                    var pos = row.getLong("pos");
                    if (!row.wasNull()) {
                        found.add(pos);
                    }
                });
        return found.stream().findFirst();
    }

    int deleteVersions(long roomNid, int line, int belowVer) {
        var sql =
                """
                DELETE FROM state_version
                WHERE room_nid = :room AND line = :line AND ver < :below
                """;
        return jdbc.sql(sql)
                .param("room", roomNid)
                .param("line", line)
                .param("below", belowVer)
                .update();
    }

    /// The version with which the page began is gone: no other page can be based on it.
    void forgetPage(long roomNid, int line) {
        jdbc.sql("UPDATE state_line SET page = NULL WHERE room_nid = :room AND line = :line")
                .param("room", roomNid)
                .param("line", line)
                .update();
    }

    /// Deletes entries that a newer one up to the version hides, at most `limit`.
    int deleteHidden(long roomNid, StateRef oldest, int limit) {
        var sql =
                """
                DELETE FROM state_entry
                WHERE room_nid = :room AND line = :line AND (key_nid, ver) IN (
                    SELECT e.key_nid, e.ver FROM state_entry e
                    WHERE e.room_nid = :room AND e.line = :line AND e.ver < :ver
                      AND EXISTS (
                        SELECT FROM state_entry n
                        WHERE n.room_nid = :room AND n.line = :line AND n.key_nid = e.key_nid
                          AND n.ver > e.ver AND n.ver <= :ver)
                    LIMIT :limit)
                """;
        return jdbc.sql(sql)
                .param("room", roomNid)
                .param("line", oldest.line())
                .param("ver", oldest.ver())
                .param("limit", limit)
                .update();
    }

    void lowerCounts(long roomNid, int line, int rows) {
        var sql =
                """
                UPDATE state_version SET entries = entries - :rows
                WHERE room_nid = :room AND line = :line
                """;
        jdbc.sql(sql).param("room", roomNid).param("line", line).param("rows", rows).update();
    }

    int deleteEntries(long roomNid, int line, int limit) {
        var sql =
                """
                DELETE FROM state_entry
                WHERE room_nid = :room AND line = :line AND (key_nid, ver) IN (
                    SELECT key_nid, ver FROM state_entry
                    WHERE room_nid = :room AND line = :line
                    LIMIT :limit)
                """;
        return jdbc.sql(sql)
                .param("room", roomNid)
                .param("line", line)
                .param("limit", limit)
                .update();
    }

    void deleteLine(long roomNid, int line) {
        jdbc.sql("DELETE FROM state_line WHERE room_nid = :room AND line = :line")
                .param("room", roomNid)
                .param("line", line)
                .update();
    }
}
