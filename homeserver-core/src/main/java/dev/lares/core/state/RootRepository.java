package dev.lares.core.state;

import java.util.List;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Writes roots of main lines that copy an older root.
@Repository
class RootRepository {
    private final JdbcClient jdbc;

    RootRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Reserves a line's number. The caller holds the room's lock.
    int insertLine(long roomNid, StateExtent extent) {
        var sql =
                """
                INSERT INTO state_line (room_nid, line, depth, partial)
                SELECT :room, max(line) + 1, 0, :partial FROM state_line WHERE room_nid = :room
                RETURNING line
                """;
        return jdbc.sql(sql)
                .param("room", roomNid)
                .param("partial", extent == StateExtent.PARTIAL)
                .query((row, n) -> row.getInt("line"))
                .single();
    }

    /// Roots that never became the main line: a copy that was broken off.
    List<Integer> findUnstarted(long roomNid) {
        var sql =
                """
                SELECT line FROM state_line
                WHERE room_nid = :room AND parent_line IS NULL AND from_pos IS NULL
                """;
        return jdbc.sql(sql).param("room", roomNid).query((row, n) -> row.getInt("line")).list();
    }

    /// Copies the next keys that are present at a version, with the positions at which they became
    /// current. Returns the last key, or nothing when there are no more.
    OptionalLong copyKeys(long roomNid, StateRef from, int toLine, long afterKey, int limit) {
        var sql =
                """
                WITH next AS (
                    SELECT DISTINCT ON (key_nid) key_nid, event_nid, pos
                    FROM state_entry
                    WHERE room_nid = :room AND line = :line AND ver <= :ver AND key_nid > :after
                    ORDER BY key_nid, ver DESC
                    LIMIT :limit
                ), copied AS (
                    INSERT INTO state_entry (room_nid, line, key_nid, ver, event_nid, pos)
                    SELECT :room, :toLine, key_nid, :ver, event_nid, pos
                    FROM next WHERE event_nid <> 0
                )
                SELECT max(key_nid) AS last FROM next
                """;
        return jdbc.sql(sql)
                .param("room", roomNid)
                .param("line", from.line())
                .param("ver", from.ver())
                .param("toLine", toLine)
                .param("after", afterKey)
                .param("limit", limit)
                .query((row, n) -> {
                    var last = row.getLong("last");
                    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(last);
                })
                .single();
    }

    /// The first version of a copy, once its entries are there.
    void insertFirstVersion(long roomNid, StateVersion copied, int toLine) {
        var sql =
                """
                INSERT INTO state_version (room_nid, line, ver, hash, entries, size)
                SELECT :room, :toLine, :ver, :hash, count(*), count(*)
                FROM state_entry WHERE room_nid = :room AND line = :toLine
                """;
        jdbc.sql(sql)
                .param("room", roomNid)
                .param("ver", copied.ref().ver())
                .param("hash", copied.hash().bytes())
                .param("toLine", toLine)
                .update();
    }

    /// Copies the versions that came after the one that was copied whole.
    void copyLaterVersions(long roomNid, StateRef copied, int toLine) {
        var sql =
                """
                WITH later AS (
                    INSERT INTO state_entry (room_nid, line, key_nid, ver, event_nid, pos)
                    SELECT room_nid, :toLine, key_nid, ver, event_nid, pos
                    FROM state_entry
                    WHERE room_nid = :room AND line = :line AND ver > :ver
                )
                INSERT INTO state_version (room_nid, line, ver, hash, entries, size)
                SELECT v.room_nid, :toLine, v.ver, v.hash,
                       v.entries - old.entries + new.entries, v.size
                FROM state_version v
                JOIN state_version old
                  ON old.room_nid = :room AND old.line = :line AND old.ver = :ver
                JOIN state_version new
                  ON new.room_nid = :room AND new.line = :toLine AND new.ver = :ver
                WHERE v.room_nid = :room AND v.line = :line AND v.ver > :ver
                """;
        jdbc.sql(sql)
                .param("room", roomNid)
                .param("line", copied.line())
                .param("ver", copied.ver())
                .param("toLine", toLine)
                .update();
    }

    /// Makes a line the main line, from the newest change of the one before on. Returns false when
    /// the line is gone.
    boolean start(long roomNid, int oldLine, int line) {
        var sql =
                """
                UPDATE state_line SET from_pos = greatest(
                    (SELECT max(pos) FROM state_entry
                     WHERE room_nid = :room AND line = :oldLine AND ver = (
                         SELECT max(ver) FROM state_version
                         WHERE room_nid = :room AND line = :oldLine)),
                    (SELECT from_pos FROM state_line WHERE room_nid = :room AND line = :oldLine))
                WHERE room_nid = :room AND line = :line AND from_pos IS NULL
                """;
        return jdbc.sql(sql)
                        .param("room", roomNid)
                        .param("oldLine", oldLine)
                        .param("line", line)
                        .update()
                == 1;
    }

    void raiseEpoch(long roomNid) {
        jdbc.sql("UPDATE room SET epoch = epoch + 1 WHERE room_nid = :room")
                .param("room", roomNid)
                .update();
    }
}
