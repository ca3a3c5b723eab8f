package dev.lares.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(TestDatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StateCheckTest {
    private StateDatabase state;
    private long room;
    private long event;
    private StateRef side;

    @BeforeAll
    void open(TestDatabase database) {
        state = new StateDatabase(database);
    }

    @AfterAll
    void close() {
        state.close();
    }

    /// A room of three events on the main line and one on a side line.
    @BeforeEach
    void writeRoom() {
        room = state.newRoom();
        var create = state.key(room, "m.room.create", "");
        var topic = state.key(room, "m.room.topic", "");
        var created = write(null, "m.room.create", create);
        var first = write(created, "m.room.topic", topic);
        write(first, "m.room.topic", topic);
        var fork = insertEvent(created, "m.room.topic", topic);
        side = state.sideLines.after(room, created, topic, fork, Standing.ACCEPTED).ref();
        insertEvent(side, "m.room.message", 0);
    }

    private StateRef write(@Nullable StateRef before, String type, long key) {
        var old =
                before == null
                        ? 0
                        : state.reader.events(room, before, List.of(key)).getOrDefault(key, 0L);
        var nid = insertEvent(before, type, key);
        var version = state.append(room, new StateChange(key, old, nid));
        var sql =
                """
                INSERT INTO timeline (room_nid, pos, event_nid, depth, main_ver, notif_seq, hl_seq,
                                      ext_nids)
                VALUES (:room, :pos, :event, 0, :ver, 0, 0, '{}')
                """;
        state.jdbc
                .sql(sql)
                .param("room", room)
                .param("pos", state.head())
                .param("event", nid)
                .param("ver", version.ref().ver())
                .update();
        return version.ref();
    }

    private long insertEvent(@Nullable StateRef before, String type, long key) {
        event = state.jdbc.sql("SELECT nextval('event_nid_seq')").query(Long.class).single();
        state.jdbc
                .sql("INSERT INTO event_ref (event_nid, room_nid, legacy_id) VALUES (?, ?, ?)")
                .params(event, room, "$" + event)
                .update();
        var sql =
                """
                INSERT INTO event (room_nid, event_nid, type, sender_nid, key_nid, depth, ts,
                                   prev_nids, auth_nids, state_line, state_ver, json)
                VALUES (:room, :event, :type, 0, nullif(:key, 0), 0, 0, '{}', '{}',
                        :line, :ver, '')
                """;
        state.jdbc
                .sql(sql)
                .param("room", room)
                .param("event", event)
                .param("type", type)
                .param("key", key)
                // A room is created on the empty state of its first line.
                .param("line", before == null ? 1 : before.line())
                .param("ver", before == null ? 0 : before.ver())
                .update();
        return event;
    }

    @Test
    void findsNothingInASoundRoom() {
        assertThat(state.check.check(room)).isEmpty();
    }

    @Test
    void looksThroughAllRooms() {
        var other = room;
        writeRoom();
        breakRow("DELETE FROM room_state WHERE room_nid = :other", other);
        var found = new ArrayList<StateFinding>();
        var rooms = state.check.checkAll(found::add);
        assertThat(rooms).isGreaterThanOrEqualTo(2);
        // Other tests leave broken rooms too.
        assertThat(found)
                .filteredOn(finding -> finding.key().startsWith("room_nid " + other + ","))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.table()).isEqualTo("room_state"));
    }

    private void breakRow(String sql, long other) {
        state.jdbc.sql(sql).param("other", other).update();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    room          | no main line           | UPDATE state_line SET from_pos = NULL WHERE parent_line IS NULL AND room_nid = :room
                    state_line    | stands on version 7    | UPDATE state_line SET parent_ver = 7 WHERE parent_line IS NOT NULL AND room_nid = :room
                    state_line    | has depth 5            | UPDATE state_line SET depth = 5 WHERE parent_line IS NOT NULL AND room_nid = :room
                    state_line    | has no version         | DELETE FROM state_version WHERE line = 2 AND room_nid = :room
                    state_line    | m.room.create          | UPDATE state_key SET type = 'm.room.topic', state_key = 'x' WHERE type = 'm.room.create' AND room_nid = :room
                    state_version | is not in state_line   | DELETE FROM state_line WHERE line = 2 AND room_nid = :room
                    state_version | hash                   | UPDATE state_version SET hash = decode(repeat('00', 16), 'hex') WHERE line = 2 AND room_nid = :room
                    state_version | entries                | UPDATE state_version SET entries = 9 WHERE line = 1 AND ver = 2 AND room_nid = :room
                    timeline      | no accepted event      | UPDATE timeline SET ext_nids = '{-1}' WHERE room_nid = :room
                    timeline      | each of its            | UPDATE timeline SET ext_nids = '{1,2}' WHERE room_nid = :room
                    state_entry   | is not in state_line   | DELETE FROM state_line WHERE line = 2 AND room_nid = :room
                    state_entry   | is not in state_key    | DELETE FROM state_key WHERE type = 'm.room.topic' AND room_nid = :room
                    state_entry   | has a pos              | UPDATE state_entry SET pos = 1 WHERE line = 2 AND room_nid = :room
                    state_entry   | has no pos             | UPDATE state_entry SET pos = NULL WHERE line = 1 AND ver = 1 AND room_nid = :room
                    state_entry   | became current         | UPDATE state_entry SET pos = 0 WHERE line = 1 AND ver = 3 AND room_nid = :room
                    state_entry   | is not in event        | DELETE FROM event WHERE key_nid IS NOT NULL AND room_nid = :room
                    state_entry   | is of key_nid 0        | UPDATE event SET key_nid = NULL WHERE type = 'm.room.create' AND room_nid = :room
                    room_state    | the main line has      | UPDATE room_state SET event_nid = 1 WHERE room_nid = :room
                    room_state    | the main line has      | DELETE FROM room_state WHERE room_nid = :room
                    timeline      | has main_ver 1         | UPDATE timeline SET main_ver = 4 - main_ver WHERE room_nid = :room
                    timeline      | newest row             | DELETE FROM timeline WHERE main_ver = 3 AND room_nid = :room
                    timeline      | is not in event        | DELETE FROM event WHERE type = 'm.room.create' AND room_nid = :room
                    event         | has no ID in event_ref | DELETE FROM event_ref WHERE room_nid = :room
                    event         | event_ref has it in    | UPDATE event_ref SET room_nid = 0 WHERE room_nid = :room
                    event         | is not in state_key    | DELETE FROM state_key WHERE type = 'm.room.topic' AND room_nid = :room
                    event         | its state_key is of    | UPDATE event SET type = 'm.room.name' WHERE type = 'm.room.topic' AND room_nid = :room
                    event         | the state before it    | UPDATE event SET state_ver = 9 WHERE type = 'm.room.message' AND room_nid = :room
                    event_ref     | it is not in event     | DELETE FROM event WHERE type = 'm.room.message' AND room_nid = :room
                    """)
    void explainsWhatContradicts(String table, String problem, String sql) {
        state.jdbc.sql(sql).param("room", room).update();
        assertThat(state.check.check(room))
                .anySatisfy(finding -> {
                    assertThat(finding.table()).isEqualTo(table);
                    assertThat(finding.key()).startsWith("room_nid " + room + ", ");
                    assertThat(finding.problem()).contains(problem);
                });
    }

    @Test
    void findsAnEntryWhoseVersionIsMissing() {
        state.jdbc
                .sql("UPDATE state_entry SET ver = 2 WHERE room_nid = :room AND line = :line")
                .param("room", room)
                .param("line", side.line())
                .update();
        assertThat(state.check.check(room))
                .extracting(StateFinding::problem)
                .contains("its version is not in state_version");
    }
}
