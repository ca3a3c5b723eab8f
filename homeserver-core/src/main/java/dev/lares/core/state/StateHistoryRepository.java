package dev.lares.core.state;

import dev.lares.core.event.StateKey;
import dev.lares.core.log.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/// Reads the histories of many rooms' current states, each room at positions of its own, with one
/// statement a method.
@Repository
class StateHistoryRepository {
    private final JdbcClient jdbc;

    StateHistoryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The whole states of the rooms, each as of a position of its own.
    Map<Long, List<StateEntry>> wholeAt(Map<Long, Position> positions) {
        var statement = jdbc.sql(StateSql.PLACES_AT_POSITIONS + StateSql.WHOLE);
        return StateEntryRepository.byRoom(positions(statement, positions));
    }

    /// As [#wholeAt(Map)], without members.
    Map<Long, List<StateEntry>> withoutMembersAt(Map<Long, Position> positions) {
        var statement =
                jdbc.sql(
                        StateSql.PLACES_AT_POSITIONS
                                + StateSql.probe(StateSql.KEYS_WITHOUT_MEMBERS));
        return StateEntryRepository.byRoom(positions(statement, positions));
    }

    /// Other keys of each room, each as of a position of its own.
    Map<Long, List<StateEntry>> at(
            Map<Long, ? extends Collection<StateKey>> keys, Map<Long, Position> positions) {
        var statement =
                jdbc.sql(StateSql.PLACES_AT_POSITIONS + StateSql.probe(StateSql.KEYS_NAMED));
        return StateEntryRepository.byRoom(
                StateEntryRepository.named(positions(statement, positions), RoomKeys.of(keys)));
    }

    private static StatementSpec positions(StatementSpec statement, Map<Long, Position> positions) {
        var rooms = List.copyOf(positions.entrySet());
        return statement
                .param("rooms", rooms.stream().map(Map.Entry::getKey).toArray(Long[]::new))
                .param(
                        "positions",
                        rooms.stream().map(room -> room.getValue().value()).toArray(Long[]::new));
    }

    /// All that changed in each window, oldest first; of a change that was copied into a later
    /// root, the copy.
    Map<Long, List<StateStep>> steps(Collection<StateWindow> windows) {
        var sql =
                """
                SELECT e.key_nid, k.type, k.state_key, e.event_nid, w.room_nid, e.pos
                FROM unnest(:rooms, :since, :to) AS w(room_nid, since, until)
                CROSS JOIN LATERAL (
                    SELECT DISTINCT ON (e.pos, e.key_nid) e.key_nid, e.event_nid, e.pos
                    FROM state_entry e
                    JOIN state_line l ON l.room_nid = e.room_nid AND l.line = e.line
                    WHERE e.room_nid = w.room_nid AND e.pos > w.since AND e.pos <= w.until
                      AND l.from_pos <= w.until
                    ORDER BY e.pos, e.key_nid, l.from_pos DESC, l.line DESC
                ) e
                JOIN state_key k ON k.room_nid = w.room_nid AND k.key_nid = e.key_nid
                ORDER BY w.room_nid, e.pos
                """;
        var rooms = new HashMap<Long, List<StateStep>>();
        StateEntryRepository.windows(jdbc.sql(sql), windows)
                .query(row -> {
                    rooms.computeIfAbsent(row.getLong(5), _ -> new ArrayList<>())
                            .add(
                                    new StateStep(
                                            StateEntryRepository.map(row),
                                            new Position(row.getLong(6))));
                });
        return rooms;
    }
}
