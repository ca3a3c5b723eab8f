package dev.lares.core.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Statements that find contradictions in a room's rows. Each names at most [#LIMIT] of them.
@Repository
class StateCheckRepository {
    static final int LIMIT = 100;

    private final JdbcClient jdbc;

    StateCheckRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Long> findRooms(long after, int limit) {
        var sql =
                """
                SELECT room_nid FROM room WHERE room_nid > :after ORDER BY room_nid LIMIT :limit
                """;
        return jdbc.sql(sql)
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> row.getLong("room_nid"))
                .list();
    }

    List<StateFinding> find(long roomNid, StateRule rule) {
        var sql = "SELECT key, problem FROM (" + rule.sql() + ") f LIMIT " + LIMIT;
        return jdbc.sql(sql)
                .param("room", roomNid)
                .query((row, n) ->
                        new StateFinding(
                                rule.table(),
                                "room_nid " + roomNid + ", " + row.getString("key"),
                                row.getString("problem")))
                .list();
    }

    /// An entry of a line, in the order of versions.
    record EntryRow(int ver, long keyNid, long eventNid) {}

    List<EntryRow> findEntries(long roomNid, int line) {
        var sql =
                """
                SELECT ver, key_nid, event_nid FROM state_entry
                WHERE room_nid = :room AND line = :line
                ORDER BY ver
                """;
        return jdbc.sql(sql)
                .param("room", roomNid)
                .param("line", line)
                .query((row, n) ->
                        new EntryRow(
                                row.getInt("ver"),
                                row.getLong("key_nid"),
                                row.getLong("event_nid")))
                .list();
    }

    Map<Integer, StateVersion> findVersions(long roomNid, int line) {
        var sql =
                """
                SELECT ver, hash, entries, size FROM state_version
                WHERE room_nid = :room AND line = :line
                """;
        var versions = new HashMap<Integer, StateVersion>();
        jdbc.sql(sql)
                .param("room", roomNid)
                .param("line", line)
                .query(row -> {
                    var ref = new StateRef(line, row.getInt("ver"));
                    versions.put(
                            ref.ver(),
                            new StateVersion(
                                    ref,
                                    StateHash.of(row.getBytes("hash")),
                                    row.getInt("entries"),
                                    row.getInt("size")));
                });
        return versions;
    }
}
