package dev.lares.core.state;

import dev.lares.core.log.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads lines and versions, without entries.
@Repository
class StateLineRepository {
    private final JdbcClient jdbc;

    StateLineRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The lines of a room, without those that have no version (yet, or any more).
    RoomLines find(long roomNid) {
        var sql =
                """
                SELECT r.epoch, (SELECT max(line) FROM state_line WHERE room_nid = :room) AS last
                FROM room r WHERE r.room_nid = :room
                """;
        return jdbc.sql(sql)
                .param("room", roomNid)
                .query((row, n) ->
                        new RoomLines(
                                roomNid,
                                row.getInt("epoch"),
                                row.getInt("last"),
                                findLines(roomNid)))
                .optional()
                .orElseThrow(() -> new IllegalStateException("room " + roomNid + " is missing"));
    }

    private List<StateLine> findLines(long roomNid) {
        var sql =
                """
                SELECT l.line, l.parent_line, l.parent_ver, p.size AS parent_size, l.depth,
                       l.from_pos, l.partial, l.page, v.ver, v.hash, v.entries, v.size
                FROM state_line l
                CROSS JOIN LATERAL (
                    SELECT ver, hash, entries, size FROM state_version
                    WHERE room_nid = l.room_nid AND line = l.line
                    ORDER BY ver DESC
                    LIMIT 1
                ) v
                LEFT JOIN state_version p
                  ON p.room_nid = l.room_nid AND p.line = l.parent_line AND p.ver = l.parent_ver
                WHERE l.room_nid = :room
                """;
        return jdbc.sql(sql).param("room", roomNid).query((row, n) -> line(row)).list();
    }

    StateExtent findExtent(long roomNid, int line) {
        var sql = "SELECT partial FROM state_line WHERE room_nid = :room AND line = :line";
        return jdbc.sql(sql)
                .param("room", roomNid)
                .param("line", line)
                .query((row, n) -> extent(row))
                .single();
    }

    /// Lines all of whose versions a collapse has deleted.
    List<Integer> findLinesWithoutVersion(long roomNid) {
        var sql =
                """
                SELECT l.line FROM state_line l
                WHERE l.room_nid = :room AND (l.parent_line IS NOT NULL OR l.from_pos IS NOT NULL)
                  AND NOT EXISTS (
                    SELECT FROM state_version v WHERE v.room_nid = l.room_nid AND v.line = l.line)
                """;
        return jdbc.sql(sql).param("room", roomNid).query((row, n) -> row.getInt("line")).list();
    }

    /// The newest version of each room's main line.
    Map<Long, StateVersion> findMainTips(Collection<Long> roomNids) {
        var sql =
                """
                SELECT r.room_nid, l.line, v.ver, v.hash, v.entries, v.size
                FROM unnest(:rooms) AS r(room_nid)
                CROSS JOIN LATERAL (
                    SELECT line FROM state_line
                    WHERE room_nid = r.room_nid AND from_pos IS NOT NULL
                    ORDER BY from_pos DESC, line DESC
                    LIMIT 1
                ) l
                CROSS JOIN LATERAL (
                    SELECT ver, hash, entries, size FROM state_version
                    WHERE room_nid = r.room_nid AND line = l.line
                    ORDER BY ver DESC
                    LIMIT 1
                ) v
                """;
        var tips = new HashMap<Long, StateVersion>();
        jdbc.sql(sql)
                .param("rooms", roomNids.toArray(Long[]::new))
                .query(row -> {
                    tips.put(row.getLong("room_nid"), version(row));
                });
        return tips;
    }

    Map<StateRef, StateVersion> findVersions(long roomNid, Collection<StateRef> refs) {
        var sql =
                """
                SELECT v.line, v.ver, v.hash, v.entries, v.size
                FROM unnest(:lines, :vers) AS w(line, ver)
                JOIN state_version v
                  ON v.room_nid = :room AND v.line = w.line AND v.ver = w.ver
                """;
        var versions = new HashMap<StateRef, StateVersion>();
        jdbc.sql(sql)
                .param("room", roomNid)
                .param("lines", refs.stream().map(StateRef::line).toArray(Integer[]::new))
                .param("vers", refs.stream().map(StateRef::ver).toArray(Integer[]::new))
                .query(row -> {
                    var version = version(row);
                    versions.put(version.ref(), version);
                });
        return versions;
    }

    /// A version with that state, on the oldest line that has one.
    Optional<StateVersion> findByHash(long roomNid, StateHash hash) {
        var sql =
                """
                SELECT line, ver, hash, entries, size FROM state_version
                WHERE room_nid = :room AND hash = :hash
                ORDER BY line, ver
                LIMIT 1
                """;
        return jdbc.sql(sql)
                .param("room", roomNid)
                .param("hash", hash.bytes())
                .query((row, n) -> version(row))
                .optional();
    }

    private static StateLine line(ResultSet row) throws SQLException {
        var parentLine = row.getInt("parent_line");
        var parent =
                row.wasNull()
                        ? Optional.<StateRef>empty()
                        : Optional.of(new StateRef(parentLine, row.getInt("parent_ver")));
        var fromPos = row.getLong("from_pos");
        var from = row.wasNull() ? Optional.<Position>empty() : Optional.of(new Position(fromPos));
        return new StateLine(
                row.getInt("line"),
                parent,
                row.getInt("parent_size"),
                row.getInt("depth"),
                from,
                extent(row),
                row.getInt("page"),
                version(row));
    }

    private static StateExtent extent(ResultSet row) throws SQLException {
        return row.getBoolean("partial") ? StateExtent.PARTIAL : StateExtent.WHOLE;
    }

    private static StateVersion version(ResultSet row) throws SQLException {
        return new StateVersion(
                new StateRef(row.getInt("line"), row.getInt("ver")),
                StateHash.of(row.getBytes("hash")),
                row.getInt("entries"),
                row.getInt("size"));
    }
}
