package dev.lares.core.state;

import dev.lares.core.event.StateKey;
import dev.lares.core.log.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/// Reads states. Each method is one statement, or at most three, whatever the number of rooms and
/// keys.
@Repository
class StateEntryRepository {
    private final JdbcClient jdbc;

    StateEntryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The part of the state at a version; absent keys are missing.
    List<StateEntry> at(long roomNid, StateRef ref, StateSelection selection) {
        return switch (selection) {
            case StateSelection.Whole _ -> whole(roomNid, ref);
            case StateSelection.WithoutMembers _ ->
                    part(jdbc.sql(probeAtRef(StateSql.KEYS_WITHOUT_MEMBERS)), roomNid, ref);
            case StateSelection.Types types ->
                    part(
                            jdbc.sql(probeAtRef(StateSql.KEYS_OF_TYPES))
                                    .param("types", types.types().toArray(String[]::new)),
                            roomNid,
                            ref);
            case StateSelection.Keys keys ->
                    part(
                            named(
                                    jdbc.sql(probeAtRef(StateSql.KEYS_NAMED)),
                                    RoomKeys.of(List.of(roomNid), keys.keys())),
                            roomNid,
                            ref);
        };
    }

    private static List<StateEntry> part(StatementSpec statement, long roomNid, StateRef ref) {
        return statement
                .param("room", roomNid)
                .param("line", ref.line())
                .param("ver", ref.ver())
                .query((row, n) -> map(row))
                .list();
    }

    private List<StateEntry> whole(long roomNid, StateRef ref) {
        var path = path(roomNid, ref);
        var sides = path.subList(0, path.size() - 1);
        var entries = wholeLine(roomNid, path.getLast());
        if (!sides.isEmpty()) {
            var changed = wholeSideLines(roomNid, sides);
            var keys = changed.stream().map(StateEntry::keyNid).collect(Collectors.toSet());
            entries.removeIf(entry -> keys.contains(entry.keyNid()));
            entries.addAll(changed);
        }
        entries.removeIf(entry -> entry.eventNid() == 0);
        return entries;
    }

    /// The version and those that it stands on, the root's last.
    private List<StateRef> path(long roomNid, StateRef ref) {
        return jdbc.sql(StateSql.PLACES_AT_REF + "SELECT line, ver FROM p ORDER BY level")
                .param("room", roomNid)
                .param("line", ref.line())
                .param("ver", ref.ver())
                .query((row, n) -> new StateRef(row.getInt("line"), row.getInt("ver")))
                .list();
    }

    private List<StateEntry> wholeLine(long roomNid, StateRef ref) {
        var entries = new ArrayList<StateEntry>();
        jdbc.sql(WHOLE_LINE)
                .param("room", roomNid)
                .param("line", ref.line())
                .param("ver", ref.ver())
                .query(row -> {
                    entries.add(map(row));
                });
        return entries;
    }

    private List<StateEntry> wholeSideLines(long roomNid, List<StateRef> path) {
        return jdbc.sql(WHOLE_SIDE_LINES)
                .param("room", roomNid)
                .param("lines", path.stream().map(StateRef::line).toArray(Integer[]::new))
                .param("vers", path.stream().map(StateRef::ver).toArray(Integer[]::new))
                .query((row, n) -> map(row))
                .list();
    }

    /// The events of keys at a version, by key; 0 where the line says that the key is gone. Keys
    /// that no line names are missing.
    Map<Long, Long> at(long roomNid, StateRef ref, Collection<Long> keyNids) {
        var sql =
                StateSql.PLACES_AT_REF
                        + """
                        SELECT k.key_nid, e.event_nid
                        FROM unnest(:keys) AS k(key_nid)
                        CROSS JOIN LATERAL (
                            SELECT f.event_nid
                            FROM p
                            CROSS JOIN LATERAL (
                                SELECT event_nid FROM state_entry
                                WHERE room_nid = p.room_nid AND line = p.line
                                  AND key_nid = k.key_nid AND ver <= p.ver
                                ORDER BY ver DESC
                                LIMIT 1
                            ) f
                            ORDER BY p.level
                            LIMIT 1
                        ) e
                        """;
        var found = new HashMap<Long, Long>();
        jdbc.sql(sql)
                .param("room", roomNid)
                .param("line", ref.line())
                .param("ver", ref.ver())
                .param("keys", keyNids.toArray(Long[]::new))
                .query(row -> {
                    found.put(row.getLong("key_nid"), row.getLong("event_nid"));
                });
        return found;
    }

    /// The part of the rooms' current states as of a position.
    Map<Long, List<StateEntry>> at(
            Collection<Long> roomNids, Position at, StateSelection selection) {
        if (roomNids.size() == 1 && selection instanceof StateSelection.Whole) {
            return wholeAt(roomNids, at);
        }
        var statement =
                switch (selection) {
                    case StateSelection.Whole _ ->
                            jdbc.sql(StateSql.PLACES_AT_POSITION + StateSql.WHOLE);
                    case StateSelection.WithoutMembers _ ->
                            jdbc.sql(probeAtPosition(StateSql.KEYS_WITHOUT_MEMBERS));
                    case StateSelection.Types types ->
                            jdbc.sql(probeAtPosition(StateSql.KEYS_OF_TYPES))
                                    .param("types", types.types().toArray(String[]::new));
                    case StateSelection.Keys keys ->
                            named(
                                    jdbc.sql(probeAtPosition(StateSql.KEYS_NAMED)),
                                    RoomKeys.of(roomNids, keys.keys()));
                };
        return byRoom(
                statement.param("rooms", roomNids.toArray(Long[]::new)).param("pos", at.value()));
    }

    private Map<Long, List<StateEntry>> wholeAt(Collection<Long> roomNids, Position at) {
        var rooms = new HashMap<Long, List<StateEntry>>();
        refsAt(roomNids, at)
                .forEach((room, ref) -> {
                    var entries = wholeLine(room, ref);
                    entries.removeIf(entry -> entry.eventNid() == 0);
                    rooms.put(room, entries);
                });
        return rooms;
    }

    /// Other keys of each room, as of a position.
    Map<Long, List<StateEntry>> at(Map<Long, ? extends Collection<StateKey>> keys, Position at) {
        return byRoom(
                named(jdbc.sql(probeAtPosition(StateSql.KEYS_NAMED)), RoomKeys.of(keys))
                        .param("rooms", keys.keySet().toArray(Long[]::new))
                        .param("pos", at.value()));
    }

    /// What changed in each window: of each key, the newest entry.
    Map<Long, List<StateEntry>> delta(Collection<StateWindow> windows) {
        var sql =
                """
                SELECT e.key_nid, k.type, k.state_key, e.event_nid, w.room_nid
                FROM unnest(:rooms, :since, :to) AS w(room_nid, since, until)
                CROSS JOIN LATERAL (
                    SELECT DISTINCT ON (e.key_nid) e.key_nid, e.event_nid
                    FROM state_entry e
                    JOIN state_line l ON l.room_nid = e.room_nid AND l.line = e.line
                    WHERE e.room_nid = w.room_nid AND e.pos > w.since AND e.pos <= w.until
                      AND l.from_pos <= w.until
                    ORDER BY e.key_nid, e.pos DESC, l.from_pos DESC, l.line DESC
                ) e
                JOIN state_key k ON k.room_nid = w.room_nid AND k.key_nid = e.key_nid
                """;
        return byRoom(windows(jdbc.sql(sql), windows));
    }

    static StatementSpec windows(StatementSpec statement, Collection<StateWindow> windows) {
        return statement
                .param("rooms", windows.stream().map(StateWindow::roomNid).toArray(Long[]::new))
                .param(
                        "since",
                        windows.stream().map(window -> window.since().value()).toArray(Long[]::new))
                .param(
                        "to",
                        windows.stream().map(window -> window.to().value()).toArray(Long[]::new));
    }

    /// Which versions were current at a position; rooms that had no state then are missing.
    Map<Long, StateRef> refsAt(Collection<Long> roomNids, Position at) {
        var found = new HashMap<Long, StateRef>();
        jdbc.sql(StateSql.PLACES_AT_POSITION + "SELECT room_nid, line, ver FROM p")
                .param("rooms", roomNids.toArray(Long[]::new))
                .param("pos", at.value())
                .query(row -> {
                    var ref = new StateRef(row.getInt("line"), row.getInt("ver"));
                    found.put(row.getLong("room_nid"), ref);
                });
        return found;
    }

    /// The part of the rooms' states as of now, newer than any token.
    Map<Long, List<StateEntry>> current(Collection<Long> roomNids, StateSelection selection) {
        var statement =
                switch (selection) {
                    case StateSelection.Whole _ -> jdbc.sql(current(StateSql.ALL_KEYS));
                    case StateSelection.WithoutMembers _ ->
                            jdbc.sql(current(StateSql.KEYS_WITHOUT_MEMBERS));
                    case StateSelection.Types types ->
                            jdbc.sql(current(StateSql.KEYS_OF_TYPES))
                                    .param("types", types.types().toArray(String[]::new));
                    case StateSelection.Keys keys ->
                            named(
                                    jdbc.sql(current(StateSql.KEYS_NAMED)),
                                    RoomKeys.of(roomNids, keys.keys()));
                };
        return byRoom(statement.param("rooms", roomNids.toArray(Long[]::new)));
    }

    /// Whether the root that a version stands on leaves memberships open.
    boolean isPartial(long roomNid, StateRef ref) {
        var sql =
                StateSql.PLACES_AT_REF
                        + """
                        SELECT bool_or(l.partial)
                        FROM p JOIN state_line l ON l.room_nid = p.room_nid AND l.line = p.line
                        """;
        return jdbc.sql(sql)
                .param("room", roomNid)
                .param("line", ref.line())
                .param("ver", ref.ver())
                .query(Boolean.class)
                .single();
    }

    // The order of keys is that of the index read backwards: no sort of the whole line. The version
    // is a parameter and not joined, so that the planner knows how much of the line it selects.
    private static final String WHOLE_LINE =
            """
            SELECT e.key_nid, k.type, k.state_key, e.event_nid
            FROM (
                SELECT DISTINCT ON (key_nid) key_nid, event_nid
                FROM state_entry
                WHERE room_nid = :room AND line = :line AND ver <= :ver
                ORDER BY key_nid DESC, ver DESC
            ) e
            JOIN state_key k ON k.room_nid = :room AND k.key_nid = e.key_nid
            """;

    private static final String WHOLE_SIDE_LINES =
            """
            SELECT DISTINCT ON (e.key_nid) e.key_nid, k.type, k.state_key, e.event_nid
            FROM unnest(:lines, :vers) WITH ORDINALITY AS p(line, ver, level)
            CROSS JOIN LATERAL (
                SELECT DISTINCT ON (key_nid) key_nid, event_nid
                FROM state_entry
                WHERE room_nid = :room AND line = p.line AND ver <= p.ver
                ORDER BY key_nid DESC, ver DESC
            ) e
            JOIN state_key k ON k.room_nid = :room AND k.key_nid = e.key_nid
            ORDER BY e.key_nid, p.level
            """;

    private static String probeAtRef(String keys) {
        return StateSql.PLACES_AT_REF
                + """
                SELECT k.key_nid, k.type, k.state_key, e.event_nid
                FROM (SELECT CAST(:room AS bigint) AS room_nid) p
                """
                + keys
                + """
                CROSS JOIN LATERAL (
                    SELECT f.event_nid
                    FROM p
                    CROSS JOIN LATERAL (
                        SELECT event_nid FROM state_entry
                        WHERE room_nid = p.room_nid AND line = p.line
                          AND key_nid = k.key_nid AND ver <= p.ver
                        ORDER BY ver DESC
                        LIMIT 1
                    ) f
                    ORDER BY p.level
                    LIMIT 1
                ) e
                WHERE e.event_nid <> 0
                """;
    }

    private static String probeAtPosition(String keys) {
        return StateSql.PLACES_AT_POSITION + StateSql.probe(keys);
    }

    private static String current(String keys) {
        return """
        SELECT k.key_nid, k.type, k.state_key, s.event_nid, p.room_nid
        FROM unnest(:rooms) AS p(room_nid)
        """
                + keys
                + "JOIN room_state s ON s.room_nid = p.room_nid AND s.key_nid = k.key_nid";
    }

    static StatementSpec named(StatementSpec statement, RoomKeys keys) {
        return keys.bind(statement);
    }

    static Map<Long, List<StateEntry>> byRoom(StatementSpec statement) {
        var rooms = new HashMap<Long, List<StateEntry>>();
        RowCallbackHandler collector =
                row -> rooms.computeIfAbsent(row.getLong(5), _ -> new ArrayList<>()).add(map(row));
        statement.query(collector);
        return rooms;
    }

    /// By index: looking columns up by name takes a tenth of the time of a whole state.
    static StateEntry map(ResultSet row) throws SQLException {
        var key = new StateKey(row.getString(2), row.getString(3));
        return new StateEntry(key, row.getLong(1), row.getLong(4));
    }
}
