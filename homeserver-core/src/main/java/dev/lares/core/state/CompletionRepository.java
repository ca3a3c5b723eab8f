package dev.lares.core.state;

import java.util.List;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What completing a partial state writes.
@Repository
class CompletionRepository {
    private final JdbcClient jdbc;

    CompletionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A key of the first version.
    ///
    /// @param pos when it became current; 0 for what was current before this server joined
    record BaseRow(long keyNid, long eventNid, long pos) {}

    /// What a line has at its first version, and when that became current.
    List<BaseRow> findBase(long roomNid, StateRef first) {
        var sql =
                """
                SELECT DISTINCT ON (key_nid) key_nid, event_nid, pos FROM state_entry
                WHERE room_nid = :room AND line = :line AND ver <= :ver
                ORDER BY key_nid DESC, ver DESC
                """;
        return jdbc.sql(sql)
                .param("room", roomNid)
                .param("line", first.line())
                .param("ver", first.ver())
                .query((row, n) ->
                        new BaseRow(
                                row.getLong("key_nid"),
                                row.getLong("event_nid"),
                                row.getLong("pos")))
                .list();
    }

    int findFirstVersion(long roomNid, int line) {
        var sql =
                """
                SELECT min(ver) AS ver FROM state_version WHERE room_nid = :room AND line = :line
                """;
        return jdbc.sql(sql)
                .param("room", roomNid)
                .param("line", line)
                .query((row, n) -> row.getInt("ver"))
                .single();
    }

    void insertBase(long roomNid, StateRef first, List<BaseRow> rows) {
        var sql =
                """
                INSERT INTO state_entry (room_nid, line, key_nid, ver, event_nid, pos)
                SELECT :room, :line, b.key_nid, :ver, b.event_nid, b.pos
                FROM unnest(:keys, :events, :positions) AS b(key_nid, event_nid, pos)
                """;
        jdbc.sql(sql)
                .param("room", roomNid)
                .param("line", first.line())
                .param("ver", first.ver())
                .param("keys", rows.stream().map(BaseRow::keyNid).toArray(Long[]::new))
                .param("events", rows.stream().map(BaseRow::eventNid).toArray(Long[]::new))
                .param("positions", rows.stream().map(BaseRow::pos).toArray(Long[]::new))
                .update();
    }

    void copyEntries(long roomNid, StateRef after, int toLine) {
        var sql =
                """
                INSERT INTO state_entry (room_nid, line, key_nid, ver, event_nid, pos)
                SELECT room_nid, :toLine, key_nid, ver, event_nid, pos FROM state_entry
                WHERE room_nid = :room AND line = :line AND ver > :ver
                """;
        jdbc.sql(sql)
                .param("room", roomNid)
                .param("line", after.line())
                .param("ver", after.ver())
                .param("toLine", toLine)
                .update();
    }

    void insertVersions(long roomNid, List<StateVersion> versions) {
        var sql =
                """
                INSERT INTO state_version (room_nid, line, ver, hash, entries, size)
                SELECT :room, v.line, v.ver, v.hash, v.entries, v.size
                FROM unnest(:lines, :vers, :hashes, :entries, :sizes)
                    AS v(line, ver, hash, entries, size)
                """;
        jdbc.sql(sql)
                .param("room", roomNid)
                .param("lines", versions.stream().map(v -> v.ref().line()).toArray(Integer[]::new))
                .param("vers", versions.stream().map(v -> v.ref().ver()).toArray(Integer[]::new))
                .param(
                        "hashes",
                        versions.stream().map(v -> v.hash().bytes()).toArray(byte[][]::new))
                .param(
                        "entries",
                        versions.stream().map(StateVersion::entries).toArray(Integer[]::new))
                .param("sizes", versions.stream().map(StateVersion::size).toArray(Integer[]::new))
                .update();
    }

    void updateHashes(long roomNid, List<StateVersion> versions) {
        var sql =
                """
                UPDATE state_version s SET hash = v.hash
                FROM unnest(:lines, :vers, :hashes) AS v(line, ver, hash)
                WHERE s.room_nid = :room AND s.line = v.line AND s.ver = v.ver
                """;
        jdbc.sql(sql)
                .param("room", roomNid)
                .param("lines", versions.stream().map(v -> v.ref().line()).toArray(Integer[]::new))
                .param("vers", versions.stream().map(v -> v.ref().ver()).toArray(Integer[]::new))
                .param(
                        "hashes",
                        versions.stream().map(v -> v.hash().bytes()).toArray(byte[][]::new))
                .update();
    }

    void moveChildren(long roomNid, int fromLine, int toLine) {
        var sql =
                """
                UPDATE state_line SET parent_line = :to
                WHERE room_nid = :room AND parent_line = :from
                """;
        jdbc.sql(sql).param("room", roomNid).param("from", fromLine).param("to", toLine).update();
    }

    /// Re-points the next events. Returns the last one looked at, or nothing when there are no
    /// more.
    OptionalLong moveEvents(long roomNid, int fromLine, int toLine, long afterEvent, int limit) {
        var sql =
                """
                WITH next AS (
                    SELECT event_nid, state_line FROM event
                    WHERE room_nid = :room AND event_nid > :after
                    ORDER BY event_nid
                    LIMIT :limit
                ), moved AS (
                    UPDATE event e SET state_line = :to
                    FROM next
                    WHERE e.room_nid = :room AND e.event_nid = next.event_nid
                      AND e.state_line = :from
                )
                SELECT max(event_nid) AS last FROM next
                """;
        return last(
                jdbc.sql(sql)
                        .param("room", roomNid)
                        .param("from", fromLine)
                        .param("to", toLine)
                        .param("after", afterEvent)
                        .param("limit", limit));
    }

    /// Adds the next keys of the main line to the current state, where they are missing. Returns
    /// the last key looked at, or nothing when there are no more.
    OptionalLong fillCurrent(long roomNid, int line, long afterKey, int limit) {
        var sql =
                """
                WITH next AS (
                    SELECT DISTINCT ON (key_nid) key_nid, event_nid FROM state_entry
                    WHERE room_nid = :room AND line = :line AND key_nid > :after
                    ORDER BY key_nid, ver DESC
                    LIMIT :limit
                ), filled AS (
                    INSERT INTO room_state (room_nid, key_nid, event_nid)
                    SELECT :room, key_nid, event_nid FROM next WHERE event_nid <> 0
                    ON CONFLICT DO NOTHING
                )
                SELECT max(key_nid) AS last FROM next
                """;
        return last(
                jdbc.sql(sql)
                        .param("room", roomNid)
                        .param("line", line)
                        .param("after", afterKey)
                        .param("limit", limit));
    }

    private static OptionalLong last(JdbcClient.StatementSpec statement) {
        return statement
                .query((row, n) -> {
                    var last = row.getLong("last");
                    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(last);
                })
                .single();
    }
}
