package dev.lares.core.append;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.room.RoomRef;
import dev.lares.core.state.StateCheck;
import dev.lares.core.state.StateReader;
import dev.lares.core.state.StateRef;
import dev.lares.core.state.StateSelection;
import dev.lares.core.testing.LogNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the database holds of a room, by IDs.
final class StoredRoom {
    private final LogNode node;
    private final RoomRef room;
    private final Map<Long, EventId> ids = new HashMap<>();

    StoredRoom(LogNode node, RoomRef room) {
        this.node = node;
        this.room = room;
    }

    /// @param line 0 for outliers
    record EventRow(EventId eventId, int flags, int line, int ver, String refusal) {
        boolean isRejected() {
            return (flags & 4) != 0;
        }

        boolean isSoftFailed() {
            return (flags & 2) != 0;
        }
    }

    Map<EventId, EventRow> events() {
        var sql =
                """
                SELECT r.hash, r.legacy_id, e.flags, e.state_line, e.state_ver, e.refusal
                FROM event e JOIN event_ref r USING (event_nid) WHERE e.room_nid = :room
                """;
        var rows = new HashMap<EventId, EventRow>();
        node.jdbc()
                .sql(sql)
                .param("room", room.roomNid())
                .query(row -> {
                    var id = id(row);
                    rows.put(
                            id,
                            new EventRow(
                                    id,
                                    row.getInt("flags"),
                                    row.getInt("state_line"),
                                    row.getInt("state_ver"),
                                    row.getString("refusal")));
                });
        return rows;
    }

    /// What was rejected or failed softly.
    List<EventId> refused() {
        return events().values().stream()
                .filter(row -> row.isRejected() || row.isSoftFailed())
                .map(EventRow::eventId)
                .toList();
    }

    private EventId id(ResultSet row) throws SQLException {
        return EventIds.of(room.version(), row.getBytes("hash"), row.getString("legacy_id"));
    }

    /// The newest row's.
    List<EventId> extremities() {
        return ids(
                """
                SELECT r.event_nid, r.hash, r.legacy_id
                FROM (SELECT ext_nids FROM timeline WHERE room_nid = :room
                      ORDER BY pos DESC LIMIT 1) t
                CROSS JOIN LATERAL unnest(t.ext_nids) WITH ORDINALITY AS n(nid, ordinal)
                JOIN event_ref r ON r.event_nid = n.nid ORDER BY n.ordinal
                """);
    }

    /// What the timeline shows, in the order of sync.
    List<EventId> timeline() {
        return ids(
                """
                SELECT r.event_nid, r.hash, r.legacy_id
                FROM timeline t JOIN event_ref r USING (event_nid)
                WHERE t.room_nid = :room AND t.event_nid <> 0 ORDER BY t.pos
                """);
    }

    private List<EventId> ids(String sql) {
        return node.jdbc().sql(sql).param("room", room.roomNid()).query((row, n) -> id(row)).list();
    }

    Map<StateKey, EventId> current() {
        var entries =
                node.bean(StateReader.class)
                        .current(List.of(room.roomNid()), StateSelection.whole())
                        .getOrDefault(room.roomNid(), List.of());
        var state = new HashMap<StateKey, EventId>();
        entries.forEach(entry -> state.put(entry.key(), id(entry.eventNid())));
        return state;
    }

    Map<StateKey, EventId> state(int line, int ver) {
        var state = new HashMap<StateKey, EventId>();
        if (ver > 0) {
            node.bean(StateReader.class)
                    .state(room.roomNid(), new StateRef(line, ver), StateSelection.whole())
                    .forEach(entry -> state.put(entry.key(), id(entry.eventNid())));
        }
        return state;
    }

    private EventId id(long nid) {
        return ids.computeIfAbsent(
                nid,
                wanted ->
                        node.jdbc()
                                .sql("SELECT hash, legacy_id FROM event_ref WHERE event_nid = :nid")
                                .param("nid", wanted)
                                .query((row, n) -> id(row))
                                .single());
    }

    /// Compares with the model all that does not depend on the order of arrival.
    void assertAsIn(RoomModel model) {
        var rows = events();
        var wrong = new ArrayList<String>();
        for (var pdu : model.events()) {
            var row = rows.get(pdu.eventId());
            if (row == null) {
                wrong.add(pdu.eventId() + " is not stored");
                continue;
            }
            if (row.isRejected() != model.isRejected(pdu.eventId())) {
                wrong.add(pdu + " rejected: " + row.isRejected() + " " + row.refusal());
            }
            if (!state(row.line(), row.ver()).equals(model.before(pdu.eventId()))) {
                wrong.add(
                        "The state before %s is %s and not %s"
                                .formatted(
                                        pdu,
                                        state(row.line(), row.ver()),
                                        model.before(pdu.eventId())));
            }
        }
        assertThat(wrong).isEmpty();
        assertCurrentAsIn(model);
        assertThat(node.bean(StateCheck.class).check(room.roomNid())).isEmpty();
    }

    /// The current state is what the states after the extremities resolve to.
    void assertCurrentAsIn(RoomModel model) {
        assertThat(current()).isEqualTo(model.resolve(extremities()));
    }
}
