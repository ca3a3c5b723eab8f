package dev.lares.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.event.StateKey;
import dev.lares.core.log.Position;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Measures reading and writing the state of a room of 100,000 members with 250,000 changes, of
/// side lines of every depth, and of 500 small rooms at once. Writes `target/benchmarks/state.md`,
/// the lines of docs/benchmarks.md, section State. Asserts no times.
@Tag("nightly")
@ExtendWith(TestDatabaseExtension.class)
class StateMeasurement {
    private static final int MEMBERS = 100_000;
    private static final int CHURN = 150_000;
    private static final int ROOMS = 500;

    private final List<String> lines = new ArrayList<>();
    private final Random random = new Random(1);

    @Test
    void measure(TestDatabase database) throws IOException {
        try (var state = new StateDatabase(database)) {
            var room = bigRoom(state);
            var newest = MEMBERS + CHURN + 1;
            var sides = sideLines(state, room, newest);
            state.jdbc.sql("VACUUM ANALYZE").update();

            time(
                    "one member at a random version of the main line",
                    2_000,
                    _ -> {
                        var ref = new StateRef(1, 1 + random.nextInt(newest));
                        state.reader.find(room, ref, member(random.nextInt(MEMBERS)));
                    });
            for (var depth : List.of(1, 8, 32)) {
                var ref = sides.get(depth - 1);
                time(
                        "one member on a side line of depth " + depth,
                        2_000,
                        _ -> state.reader.find(room, ref, member(random.nextInt(MEMBERS))));
            }
            time(
                    "whole state, 100,000 keys, newest version",
                    20,
                    _ -> whole(state, room, new StateRef(1, newest)));
            time(
                    "whole state, 100,000 keys, 50,000 changes ago",
                    20,
                    _ -> whole(state, room, new StateRef(1, newest - 50_000)));
            time(
                    "whole state, 100,000 keys, side line of depth 32",
                    20,
                    _ -> whole(state, room, sides.getLast()));
            time(
                    "whole state, 100,000 keys, as of a position",
                    20,
                    _ ->
                            state.reader.stateAt(
                                    List.of(room),
                                    new Position(newest - 10L),
                                    StateSelection.whole()));
            time(
                    "state without members, as of a position",
                    500,
                    _ ->
                            state.reader.stateAt(
                                    List.of(room),
                                    new Position(1L + random.nextInt(newest)),
                                    StateSelection.withoutMembers()));
            time(
                    "delta of 1,000 changes",
                    200,
                    _ -> {
                        var since = 1L + random.nextInt(newest - 1_000);
                        var window =
                                new StateWindow(
                                        room, new Position(since), new Position(since + 1_000));
                        state.reader.delta(List.of(window), StateSelection.whole());
                    });
            time(
                    "append_state, one change",
                    500,
                    i ->
                            state.append(
                                    room,
                                    new StateChange(
                                            key(state, room, i),
                                            eventOf(state, room, i),
                                            9_000_000 + i)));
            time(
                    "state after an event, on a new side line",
                    200,
                    i ->
                            state.sideLines.after(
                                    room,
                                    new StateRef(1, newest - 1 - i),
                                    key(state, room, 0),
                                    8_000_000 + i,
                                    Standing.ACCEPTED));
            manyRooms(state);
            sizes(state, room);
        }
        var out = Path.of("target", "benchmarks", "state.md");
        Files.createDirectories(out.getParent());
        Files.write(out, lines);
    }

    private static void whole(StateDatabase state, long room, StateRef ref) {
        var entries = state.reader.state(room, ref, StateSelection.whole());
        assertThat(entries).hasSizeGreaterThanOrEqualTo(MEMBERS);
    }

    private static StateKey member(int n) {
        return new StateKey("m.room.member", "@user" + n + ":example.org");
    }

    private static long key(StateDatabase state, long room, int n) {
        return state.keys.find(room, Set.of(member(n))).get(member(n));
    }

    private static long eventOf(StateDatabase state, long room, int n) {
        var found = state.reader.current(List.of(room), new StateSelection.Keys(Set.of(member(n))));
        return found.get(room).getFirst().eventNid();
    }

    /// All members join, then memberships change at random, a version and a position each.
    static long bigRoom(StateDatabase state) {
        var room = state.newRoom();
        var create = state.key(room, "m.room.create", "");
        state.append(room, StateChange.added(create, 1));
        var keys =
                """
                INSERT INTO state_key (room_nid, type, state_key)
                SELECT :room, 'm.room.member', '@user' || n || ':example.org'
                FROM generate_series(0, :members - 1) n
                """;
        state.jdbc.sql(keys).param("room", room).param("members", MEMBERS).update();
        var entries =
                """
                WITH k AS (
                    SELECT key_nid, row_number() OVER (ORDER BY key_nid) AS n
                    FROM state_key WHERE room_nid = :room AND type = 'm.room.member'
                )
                INSERT INTO state_entry (room_nid, line, key_nid, ver, event_nid, pos)
                SELECT :room, 1, k.key_nid, v.ver, v.ver, v.ver
                FROM (
                    SELECT n AS ver,
                           CASE WHEN n <= :members + 1 THEN n - 1
                                ELSE 1 + n * 7919 % :members END AS k
                    FROM generate_series(2, :members + :churn + 1) n) v
                JOIN k ON k.n = v.k
                """;
        state.jdbc
                .sql(entries)
                .param("room", room)
                .param("members", MEMBERS)
                .param("churn", CHURN)
                .update();
        var versions =
                """
                INSERT INTO state_version (room_nid, line, ver, hash, entries, size)
                SELECT :room, 1, n, decode(lpad(to_hex(n), 32, '0'), 'hex'), n,
                       least(n, :members + 1)
                FROM generate_series(2, :members + :churn + 1) n
                """;
        state.jdbc
                .sql(versions)
                .param("room", room)
                .param("members", MEMBERS)
                .param("churn", CHURN)
                .update();
        var current =
                """
                INSERT INTO room_state (room_nid, key_nid, event_nid)
                SELECT DISTINCT ON (key_nid) room_nid, key_nid, event_nid FROM state_entry
                WHERE room_nid = :room AND key_nid <> :create ORDER BY key_nid, ver DESC
                """;
        state.jdbc.sql(current).param("room", room).param("create", create).update();
        state.skipTo(MEMBERS + CHURN + 1);
        return room;
    }

    /// Lines of depth 1 to 32, each with more entries than a fork may copy.
    private static List<StateRef> sideLines(StateDatabase state, long room, int newest) {
        var refs = new ArrayList<StateRef>();
        var at = new StateRef(1, newest - 1_000);
        var event = 7_000_000L;
        for (var depth = 1; depth <= 32; depth++) {
            at =
                    state.sideLines
                            .after(room, at, key(state, room, depth), ++event, Standing.SOFT_FAILED)
                            .ref();
            for (var i = 0; i < 10; i++) {
                at =
                        state.sideLines
                                .after(
                                        room,
                                        at,
                                        key(state, room, 100 * depth + i),
                                        ++event,
                                        Standing.ACCEPTED)
                                .ref();
            }
            refs.add(at);
        }
        return refs;
    }

    private void manyRooms(StateDatabase state) {
        var rooms = new ArrayList<Long>();
        for (var i = 0; i < ROOMS; i++) {
            var room = state.newRoom();
            rooms.add(room);
            var changes = new ArrayList<StateChange>();
            for (var n = 0; n < 50; n++) {
                var key =
                        n < 10
                                ? state.key(room, n == 0 ? "m.room.create" : "m.type" + n, "")
                                : state.key(room, "m.room.member", "@user" + n + ":example.org");
                changes.add(StateChange.added(key, n + 1));
            }
            state.append(room, changes.toArray(StateChange[]::new));
        }
        state.jdbc.sql("ANALYZE").update();
        var now = new Position(state.head());
        time(
                "state without members of 500 rooms, as of a position",
                50,
                _ -> state.reader.stateAt(rooms, now, StateSelection.withoutMembers()));
        var windows = rooms.stream().map(room -> new StateWindow(room, now, now)).toList();
        time(
                "delta of 500 rooms in which nothing changed",
                50,
                _ -> state.reader.delta(windows, StateSelection.whole()));
        time("versions of 500 rooms at a position", 50, _ -> state.reader.refsAt(rooms, now));
    }

    private void sizes(StateDatabase state, long room) {
        for (var table : List.of("state_entry", "state_version", "state_key", "room_state")) {
            var bytes =
                    state.jdbc
                            .sql("SELECT pg_total_relation_size(:table::regclass)")
                            .param("table", table)
                            .query(Long.class)
                            .single();
            var rows = state.jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
            lines.add(
                    "| %s, table and indexes | %,d rows | %.1f MB | %d B a row |"
                            .formatted(table, rows, bytes / 1e6, bytes / Math.max(rows, 1)));
        }
        assertThat(state.mainLines.tips(List.of(room))).isNotEmpty();
    }

    private void time(String what, int times, IntConsumer action) {
        for (var i = 0; i < Math.min(times / 4, 200); i++) {
            action.accept(i);
        }
        var offset = Math.min(times / 4, 200);
        var nanos = new long[times];
        for (var i = 0; i < times; i++) {
            var start = System.nanoTime();
            action.accept(offset + i);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        var line =
                String.format(
                        Locale.ROOT,
                        "| %s | %.2f ms | %.2f ms | %,d |",
                        what,
                        nanos[times / 2] / 1e6,
                        nanos[times * 99 / 100] / 1e6,
                        times);
        lines.add(line);
        System.out.println(line);
    }
}
