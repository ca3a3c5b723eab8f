package dev.lares.core.state;

import dev.lares.core.event.StateKey;
import dev.lares.core.log.Lease;
import dev.lares.core.log.TestLeases;
import dev.lares.core.testing.TestDatabase;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.node.JsonNodeFactory;

/// The state package on a test's database, without the log: positions are counted here.
final class StateDatabase implements AutoCloseable {
    private static final byte[] SECRET = "a secret of this database".getBytes();
    private static final AtomicLong SERIAL = new AtomicLong();

    final JdbcClient jdbc;
    final StateReader reader;
    final SideLines sideLines;
    final MainLines mainLines;
    final StateKeys keys;
    final StateCheck check;
    final RootRenewal renewal;
    final StateCollapse collapse;
    final RootCompletion completion;
    final SideLineService writer;
    final RootService rootService;
    final RootRepository roots;
    final DataSource dataSource;
    final Lease lease;
    private final SingleConnectionDataSource connection;
    private long head;

    StateDatabase(TestDatabase database) {
        connection =
                new SingleConnectionDataSource(
                        database.jdbcUrl(), database.username(), database.password(), true);
        dataSource = connection;
        jdbc = JdbcClient.create(connection);
        var lines = new StateLineRepository(jdbc);
        var entries = new StateEntryRepository(jdbc);
        var rooms = new SideLineRepository(jdbc);
        roots = new RootRepository(jdbc);
        reader = new StateReader(entries, new StateHistoryRepository(jdbc));
        mainLines = new MainLines(lines, new StateHashKeyRepository(jdbc));
        writer = new SideLineService(rooms);
        sideLines =
                new SideLines(
                        mainLines,
                        lines,
                        writer,
                        new StateComparison(new StateComparisonRepository(jdbc), reader),
                        reader);
        var leases = TestLeases.on(jdbc);
        lease = leases.tryAcquire("reader:state.renewal").orElseThrow();
        var collapsed = new StateCollapseRepository(jdbc);
        var collapses = new StateCollapseService(rooms, lines, entries, roots, collapsed);
        collapse = new StateCollapse(lines, collapses);
        rootService = new RootService(roots, rooms, lines, collapsed, leases);
        renewal = new RootRenewal(mainLines, lines, roots, rootService);
        var checks = new StateCheckRepository(jdbc);
        check = new StateCheck(checks, new StateCheckService(checks, lines, reader, mainLines));
        var completions = new CompletionRepository(jdbc);
        completion =
                new RootCompletion(
                        mainLines,
                        lines,
                        roots,
                        rootService,
                        collapses,
                        completions,
                        new CompletionService(rooms, lines, roots, checks, reader, completions));
        keys = new StateKeys(new StateKeyRepository(jdbc));
        writeSecret();
    }

    private void writeSecret() {
        var sql =
                """
                INSERT INTO log_epoch (system_identifier, timeline, state_hash_key, token_key)
                VALUES ('', '', :secret, '')
                ON CONFLICT DO NOTHING
                """;
        jdbc.sql(sql).param("secret", SECRET).update();
    }

    static StateHasher hasher() {
        return new StateHasher(SECRET);
    }

    /// The events that retained ones have as their state, and their timeline.
    void writeEvents(long roomNid, Collection<StateRef> before, long oldest) {
        var delete =
                """
                WITH gone AS (DELETE FROM event WHERE room_nid = :room)
                DELETE FROM timeline WHERE room_nid = :room
                """;
        jdbc.sql(delete).param("room", roomNid).update();
        var insert =
                """
                INSERT INTO event (room_nid, event_nid, type, sender_nid, depth, ts, prev_nids,
                                   auth_nids, state_line, state_ver, json)
                SELECT :room, n, 'm', 0, 0, 0, '{}', '{}', line, ver, ''
                FROM unnest(:lines, :vers) WITH ORDINALITY AS s(line, ver, n)
                """;
        jdbc.sql(insert)
                .param("room", roomNid)
                .param("lines", before.stream().map(StateRef::line).toArray(Integer[]::new))
                .param("vers", before.stream().map(StateRef::ver).toArray(Integer[]::new))
                .update();
        var timeline =
                """
                INSERT INTO timeline (room_nid, pos, event_nid, depth, main_ver, notif_seq, hl_seq,
                                      ext_nids)
                VALUES (:room, :pos, 0, 0, 1, 0, 0, '{}')
                """;
        jdbc.sql(timeline).param("room", roomNid).param("pos", oldest).update();
    }

    /// A room without any state.
    long newRoom() {
        var sql =
                """
                INSERT INTO room (room_id, version, created_ts) VALUES (:roomId, '12', 0)
                RETURNING room_nid
                """;
        return jdbc.sql(sql)
                .param("roomId", "!room" + SERIAL.incrementAndGet())
                .query(Long.class)
                .single();
    }

    long key(long roomNid, String type, String stateKey) {
        var key = new StateKey(type, stateKey);
        var nid = keys.intern(roomNid, List.of(key)).get(key);
        return nid == null ? 0 : nid;
    }

    long head() {
        return head;
    }

    /// Positions up to this one were given by other means.
    void skipTo(long position) {
        head = position;
    }

    /// The next change of a room's current state, at the next position.
    StateVersion append(long roomNid, StateChange... changes) {
        var tip = mainLines.tips(List.of(roomNid)).get(roomNid);
        var planner = mainLines.planner();
        var change =
                tip == null
                        ? planner.first(StateExtent.WHOLE, Arrays.asList(changes))
                        : planner.next(tip, Arrays.asList(changes));
        append(Map.of(roomNid, List.of(change)));
        return change.version();
    }

    /// One append, each change at a position of its own.
    void append(Map<Long, ? extends Collection<MainChange>> rooms) {
        var rows = JsonNodeFactory.instance.arrayNode();
        var base = head;
        for (var room : rooms.entrySet()) {
            for (var change : room.getValue()) {
                head++;
                rows.add(change.row(room.getKey(), (int) (head - base)));
            }
        }
        jdbc.sql("SELECT append_state(:base, CAST(:rows AS jsonb))")
                .param("base", base)
                .param("rows", rows.toString())
                .query(_ -> {
                    // void
                });
    }

    @Override
    public void close() {
        connection.destroy();
    }
}
