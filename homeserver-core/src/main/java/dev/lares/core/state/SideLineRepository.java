package dev.lares.core.state;

import dev.lares.core.state.SidePlan.Absorption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Writes side lines. All methods belong into a transaction that holds the room's lock.
@Repository
class SideLineRepository {
    private final JdbcClient jdbc;

    SideLineRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The room's epoch; keeps everybody else from writing to the room.
    Optional<Integer> lockRoom(long roomNid) {
        return jdbc.sql("SELECT epoch FROM room WHERE room_nid = :room FOR NO KEY UPDATE")
                .param("room", roomNid)
                .query(Integer.class)
                .optional();
    }

    /// Returns false when the line does not hang there any more.
    boolean move(long roomNid, Absorption absorption) {
        var sql =
                """
                UPDATE state_line SET parent_line = :newLine, parent_ver = :newVer
                WHERE room_nid = :room AND line = :line
                  AND parent_line = :oldLine AND parent_ver = :oldVer
                """;
        return jdbc.sql(sql)
                        .param("room", roomNid)
                        .param("line", absorption.line())
                        .param("oldLine", absorption.copied().line())
                        .param("oldVer", absorption.copied().ver())
                        .param("newLine", absorption.parent().line())
                        .param("newVer", absorption.parent().ver())
                        .update()
                == 1;
    }

    void raise(long roomNid, Collection<Integer> lines) {
        var sql =
                """
                UPDATE state_line SET depth = depth - 1
                WHERE room_nid = :room AND line = ANY(:lines)
                """;
        jdbc.sql(sql).param("room", roomNid).param("lines", lines.toArray(Integer[]::new)).update();
    }

    void addToCounts(long roomNid, int line, int rows) {
        var sql =
                """
                UPDATE state_version SET entries = entries + :rows, size = size + :rows
                WHERE room_nid = :room AND line = :line
                """;
        jdbc.sql(sql).param("room", roomNid).param("line", line).param("rows", rows).update();
    }

    /// Copies what a line says at a version to the first version of another, except for keys that
    /// have an entry there. Returns the number of rows.
    int copy(long roomNid, StateRef from, int toLine) {
        var sql =
                """
                INSERT INTO state_entry (room_nid, line, key_nid, ver, event_nid)
                SELECT DISTINCT ON (e.key_nid) :room, :toLine, e.key_nid, 1, e.event_nid
                FROM state_entry e
                WHERE e.room_nid = :room AND e.line = :line AND e.ver <= :ver
                ORDER BY e.key_nid DESC, e.ver DESC
                ON CONFLICT DO NOTHING
                """;
        return jdbc.sql(sql)
                .param("room", roomNid)
                .param("line", from.line())
                .param("ver", from.ver())
                .param("toLine", toLine)
                .update();
    }

    /// Returns false when the number is taken.
    boolean insertLine(long roomNid, SidePlan.Opened plan) {
        var sql =
                """
                INSERT INTO state_line (room_nid, line, parent_line, parent_ver, depth, page)
                VALUES (:room, :line, :parentLine, :parentVer, :depth, nullif(:page, 0))
                ON CONFLICT DO NOTHING
                """;
        return jdbc.sql(sql)
                        .param("room", roomNid)
                        .param("line", plan.line())
                        .param("parentLine", plan.parent().line())
                        .param("parentVer", plan.parent().ver())
                        .param("depth", plan.depth())
                        .param("page", plan.page())
                        .update()
                == 1;
    }

    /// How many of the keys a line names.
    int countNamed(long roomNid, int line, List<StateChange> changes) {
        var sql =
                """
                SELECT count(*) FROM unnest(:keys) AS c(key_nid)
                WHERE EXISTS (
                    SELECT FROM state_entry
                    WHERE room_nid = :room AND line = :line AND key_nid = c.key_nid)
                """;
        return jdbc.sql(sql)
                .param("room", roomNid)
                .param("line", line)
                .param("keys", changes.stream().map(StateChange::keyNid).toArray(Long[]::new))
                .query(Integer.class)
                .single();
    }

    void insertEntries(long roomNid, StateRef ref, List<StateChange> changes) {
        var sql =
                """
                INSERT INTO state_entry (room_nid, line, key_nid, ver, event_nid)
                SELECT :room, :line, c.key_nid, :ver, c.event_nid
                FROM unnest(:keys, :events) AS c(key_nid, event_nid)
                """;
        jdbc.sql(sql)
                .param("room", roomNid)
                .param("line", ref.line())
                .param("ver", ref.ver())
                .param("keys", changes.stream().map(StateChange::keyNid).toArray(Long[]::new))
                .param(
                        "events",
                        changes.stream().map(StateChange::newEventNid).toArray(Long[]::new))
                .update();
    }

    /// Returns false when the version exists.
    boolean insertVersion(long roomNid, StateVersion version) {
        var sql =
                """
                INSERT INTO state_version (room_nid, line, ver, hash, entries, size)
                VALUES (:room, :line, :ver, :hash, :entries, :size)
                ON CONFLICT DO NOTHING
                """;
        return jdbc.sql(sql)
                        .param("room", roomNid)
                        .param("line", version.ref().line())
                        .param("ver", version.ref().ver())
                        .param("hash", version.hash().bytes())
                        .param("entries", version.entries())
                        .param("size", version.size())
                        .update()
                == 1;
    }
}
