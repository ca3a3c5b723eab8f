package dev.lares.core.append;

import dev.lares.core.append.BasisQuery.Locking;
import dev.lares.core.append.BatchBasis.Answer;
import dev.lares.core.append.BatchBasis.SlotRow;
import dev.lares.core.append.BatchBasis.ThreadKey;
import dev.lares.core.append.BatchBasis.ThreadRow;
import dev.lares.core.append.OneMessage.SqlArray;
import dev.lares.core.event.EventEdge;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.PduParser;
import dev.lares.core.event.StateKey;
import dev.lares.core.log.TransactionKey;
import dev.lares.core.room.RoomRef;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.state.StateHash;
import dev.lares.core.state.StateRef;
import dev.lares.core.state.StateVersion;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Repository;

/// Steps 1 to 3 of an append in one message: takes the locks and reads, each statement in a
/// snapshot of its own and so after the locks, what memory lacks. Pipelined by hand on the writer's
/// own connection, because each round trip would keep the rooms locked longer.
@Repository
class BasisRepository {
    /// Beyond so many changes by other replicas a room is read anew.
    static final int CHANGES_MAX = 2_000;

    private final CitedEventRepository cited;

    BasisRepository(CitedEventRepository cited) {
        this.cited = cited;
    }

    BatchBasis read(Connection connection, BasisQuery query) throws SQLException {
        var basis = new BatchBasis();
        var message = new OneMessage();
        var byNid =
                query.rooms().keySet().stream()
                        .collect(Collectors.toMap(RoomRef::roomNid, room -> room));
        if (!byNid.isEmpty()) {
            lockRooms(message, query, basis);
        }
        if (!query.accounts().isEmpty()) {
            lockAccounts(message, query, basis);
        }
        query.batchId()
                .ifPresent(id ->
                        message.ask(
                                """
                                SELECT first_pos, last_pos FROM append_batch
                                WHERE batch_id = ?
                                """,
                                row ->
                                        basis.committed =
                                                Optional.of(
                                                        new BatchBasis.Positions(
                                                                row.getLong(1), row.getLong(2))),
                                id));
        if (!byNid.isEmpty()) {
            readHeads(message, query, basis, byNid);
        }
        if (query.rooms().values().stream().anyMatch(pos -> pos != BasisQuery.NOTHING_KNOWN)) {
            readChanges(message, query, basis);
        }
        if (!query.keys().isEmpty()) {
            readSlots(message, query, basis, byNid);
        }
        if (!query.transactions().isEmpty()) {
            readAnswers(message, query, basis, byNid);
        }
        if (!query.threads().isEmpty()) {
            readThreads(message, query, basis);
        }
        if (!query.cited().isEmpty()) {
            cited.read(message, query.cited(), basis);
        }
        if (!message.isEmpty()) {
            message.send(connection);
        }
        return basis;
    }

    /// Events by their numbers, inside the same transaction.
    Map<Long, Pdu> readEvents(Connection connection, Map<Long, RoomRef> roomsByEvent)
            throws SQLException {
        var events = new HashMap<Long, Pdu>();
        var nids = List.copyOf(roomsByEvent.keySet());
        var sql =
                """
                SELECT e.event_nid, e.json, r.hash, r.legacy_id
                FROM unnest(?, ?) AS w(room_nid, event_nid)
                JOIN event e ON e.room_nid = w.room_nid AND e.event_nid = w.event_nid
                JOIN event_ref r ON r.event_nid = w.event_nid
                """;
        new OneMessage()
                .ask(
                        sql,
                        row -> {
                            long nid = row.getLong("event_nid");
                            var version = Objects.requireNonNull(roomsByEvent.get(nid)).version();
                            var id =
                                    EventIds.of(
                                            version,
                                            row.getBytes("hash"),
                                            row.getString("legacy_id"));
                            events.put(nid, PduParser.stored(id, version, row.getBytes("json")));
                        },
                        SqlArray.ofLongs(
                                nids.stream()
                                        .map(nid ->
                                                Objects.requireNonNull(roomsByEvent.get(nid))
                                                        .roomNid())
                                        .toList()),
                        SqlArray.ofLongs(nids))
                .send(connection);
        return events;
    }

    private static void lockRooms(OneMessage message, BasisQuery query, BatchBasis basis) {
        var skip =
                """
                SELECT room_nid, epoch FROM room WHERE room_nid = ANY(?)
                ORDER BY room_nid FOR NO KEY UPDATE SKIP LOCKED
                """;
        var wait =
                """
                SELECT room_nid, epoch FROM room WHERE room_nid = ANY(?)
                ORDER BY room_nid FOR NO KEY UPDATE
                """;
        message.ask(
                query.locking() == Locking.SKIP ? skip : wait,
                row -> basis.rooms.put(row.getLong(1), row.getInt(2)),
                SqlArray.ofLongs(query.rooms().keySet().stream().map(RoomRef::roomNid).toList()));
    }

    private static void lockAccounts(OneMessage message, BasisQuery query, BatchBasis basis) {
        var skip =
                """
                SELECT user_nid FROM account WHERE user_nid = ANY(?)
                ORDER BY user_nid FOR NO KEY UPDATE SKIP LOCKED
                """;
        var wait =
                """
                SELECT user_nid FROM account WHERE user_nid = ANY(?)
                ORDER BY user_nid FOR NO KEY UPDATE
                """;
        var exist = "SELECT user_nid FROM account WHERE user_nid = ANY(?)";
        var users = SqlArray.ofLongs(query.accounts());
        message.ask(
                query.locking() == Locking.SKIP ? skip : wait,
                row -> basis.accounts.add(row.getLong(1)),
                users);
        message.ask(exist, row -> basis.existingAccounts.add(row.getLong(1)), users);
    }

    /// A row for each extremity of each room whose head memory does not have.
    private static void readHeads(
            OneMessage message, BasisQuery query, BatchBasis basis, Map<Long, RoomRef> rooms) {
        var sql =
                """
                SELECT k.room_nid, t.pos, t.depth, t.main_ver, t.notif_seq, t.hl_seq,
                       l.line, v.hash AS state_hash, v.entries, v.size,
                       n.nid, r.hash, r.legacy_id, e.depth AS event_depth,
                       coalesce(t.ext_hashes[n.ordinal], v.hash) AS after_hash,
                       CASE WHEN r.legacy_id IS NOT NULL THEN e.json END AS json
                FROM unnest(?, ?) AS k(room_nid, pos)
                CROSS JOIN LATERAL (
                    SELECT * FROM timeline t WHERE t.room_nid = k.room_nid
                    ORDER BY t.pos DESC LIMIT 1) t
                CROSS JOIN LATERAL (
                    SELECT l.line FROM state_line l
                    WHERE l.room_nid = k.room_nid AND l.from_pos IS NOT NULL
                    ORDER BY l.from_pos DESC, l.line DESC LIMIT 1) l
                JOIN state_version v
                  ON v.room_nid = k.room_nid AND v.line = l.line AND v.ver = t.main_ver
                CROSS JOIN LATERAL unnest(t.ext_nids) WITH ORDINALITY AS n(nid, ordinal)
                JOIN event_ref r ON r.event_nid = n.nid
                JOIN event e ON e.room_nid = k.room_nid AND e.event_nid = n.nid
                WHERE t.pos <> k.pos
                ORDER BY k.room_nid, n.ordinal
                """;
        message.ask(
                sql,
                row -> {
                    long roomNid = row.getLong("room_nid");
                    var version = Objects.requireNonNull(rooms.get(roomNid)).version();
                    var id = EventIds.of(version, row.getBytes("hash"), row.getString("legacy_id"));
                    var edge =
                            EventIds.isText(version)
                                    ? EventEdge.to(
                                            PduParser.stored(id, version, row.getBytes("json")))
                                    : EventEdge.to(id);
                    var extremity =
                            new RoomHead.Extremity(
                                    row.getLong("nid"),
                                    edge,
                                    row.getLong("event_depth"),
                                    hash(row.getBytes("after_hash")));
                    var known = basis.heads.get(roomNid);
                    basis.heads.put(
                            roomNid, known == null ? head(row, extremity) : known.plus(extremity));
                },
                roomNids(query),
                positions(query));
    }

    private static RoomHead head(ResultSet row, RoomHead.Extremity extremity) throws SQLException {
        var main =
                new StateVersion(
                        new StateRef(row.getInt("line"), row.getInt("main_ver")),
                        hash(row.getBytes("state_hash")),
                        row.getInt("entries"),
                        row.getInt("size"));
        return new RoomHead(
                row.getLong("pos"),
                row.getLong("depth"),
                Optional.of(main),
                row.getInt("notif_seq"),
                row.getInt("hl_seq"),
                List.of(extremity));
    }

    private static StateHash hash(byte[] bytes) {
        var hash = ByteBuffer.wrap(bytes);
        return new StateHash(hash.getLong(), hash.getLong());
    }

    private static void readChanges(OneMessage message, BasisQuery query, BatchBasis basis) {
        var sql =
                """
                SELECT e.room_nid, s.type, s.state_key, e.key_nid, e.event_nid
                FROM unnest(?, ?) AS k(room_nid, pos)
                JOIN state_entry e ON e.room_nid = k.room_nid AND e.pos > k.pos AND k.pos >= 0
                JOIN state_key s ON s.room_nid = e.room_nid AND s.key_nid = e.key_nid
                ORDER BY e.pos, e.ver
                LIMIT ?
                """;
        message.ask(
                sql,
                row -> {
                    basis.changeRows++;
                    basis.changes
                            .computeIfAbsent(row.getLong("room_nid"), nid -> new HashMap<>())
                            .put(
                                    new StateKey(row.getString("type"), row.getString("state_key")),
                                    new CurrentState.Slot(
                                            row.getLong("key_nid"), row.getLong("event_nid")));
                },
                roomNids(query),
                positions(query),
                CHANGES_MAX);
    }

    private static void readSlots(
            OneMessage message, BasisQuery query, BatchBasis basis, Map<Long, RoomRef> rooms) {
        var sql =
                """
                SELECT w.room_nid, w.type, w.state_key, k.key_nid, s.event_nid, e.json,
                       r.hash, r.legacy_id
                FROM unnest(?, ?, ?) AS w(room_nid, type, state_key)
                JOIN state_key k
                  ON k.room_nid = w.room_nid AND k.type = w.type AND k.state_key = w.state_key
                LEFT JOIN room_state s ON s.room_nid = k.room_nid AND s.key_nid = k.key_nid
                LEFT JOIN event e ON e.room_nid = s.room_nid AND e.event_nid = s.event_nid
                LEFT JOIN event_ref r ON r.event_nid = s.event_nid
                """;
        var keys = query.keys();
        message.ask(
                sql,
                row -> {
                    long roomNid = row.getLong("room_nid");
                    var version = Objects.requireNonNull(rooms.get(roomNid)).version();
                    long eventNid = row.getLong("event_nid"); // null becomes 0: nothing there
                    basis.slots.add(
                            new SlotRow(
                                    roomNid,
                                    new StateKey(row.getString("type"), row.getString("state_key")),
                                    new CurrentState.Slot(row.getLong("key_nid"), eventNid),
                                    eventNid == 0
                                            ? Optional.empty()
                                            : Optional.of(pdu(row, version))));
                },
                SqlArray.ofLongs(keys.stream().map(key -> key.room().roomNid()).toList()),
                SqlArray.ofTexts(keys.stream().map(key -> key.key().type()).toList()),
                SqlArray.ofTexts(keys.stream().map(key -> key.key().stateKey()).toList()));
    }

    private static void readAnswers(
            OneMessage message, BasisQuery query, BatchBasis basis, Map<Long, RoomRef> rooms) {
        var sql =
                """
                SELECT a.user_nid, a.scope, a.endpoint, a.txn_id, r.room_nid, r.hash, r.legacy_id
                FROM unnest(?, ?, ?, ?) AS w(user_nid, scope, endpoint, txn_id)
                JOIN transaction_answer a
                  ON a.user_nid = w.user_nid AND a.scope = w.scope
                 AND a.endpoint = w.endpoint AND a.txn_id = w.txn_id
                LEFT JOIN event_ref r ON r.event_nid = a.event_nid
                """;
        var keys = query.transactions();
        message.ask(
                sql,
                row -> {
                    var room = rooms.get(row.getLong("room_nid"));
                    basis.answers.put(
                            new TransactionKey(
                                    row.getLong("user_nid"),
                                    row.getString("scope"),
                                    row.getString("endpoint"),
                                    row.getString("txn_id")),
                            new Answer(
                                    room == null
                                            ? Optional.empty()
                                            : Optional.of(
                                                    EventIds.of(
                                                            room.version(),
                                                            row.getBytes("hash"),
                                                            row.getString("legacy_id")))));
                },
                SqlArray.ofLongs(keys.stream().map(TransactionKey::userNid).toList()),
                SqlArray.ofTexts(keys.stream().map(TransactionKey::scope).toList()),
                SqlArray.ofTexts(keys.stream().map(TransactionKey::endpoint).toList()),
                SqlArray.ofTexts(keys.stream().map(TransactionKey::txnId).toList()));
    }

    private static void readThreads(OneMessage message, BasisQuery query, BatchBasis basis) {
        var sql =
                """
                SELECT w.ordinal, r.event_nid, t.notif_seq, t.hl_seq
                FROM unnest(?, ?::bytea[], ?) WITH ORDINALITY AS w(room_nid, hash, legacy_id, ordinal)
                JOIN event_ref r
                  ON r.room_nid = w.room_nid
                 AND (r.legacy_id = w.legacy_id
                      OR (r.hash IS NOT NULL
                          AND substring(r.hash FROM 1 FOR 16) = substring(w.hash FROM 1 FOR 16)
                          AND r.hash = w.hash))
                LEFT JOIN LATERAL (
                    SELECT t.notif_seq, t.hl_seq FROM timeline_thread t
                    WHERE t.room_nid = w.room_nid AND t.root_nid = r.event_nid
                    ORDER BY t.pos DESC LIMIT 1) t ON true
                """;
        var threads = query.threads();
        var rooms = new ArrayList<Long>();
        var hashes = new byte[threads.size()][];
        var texts = new ArrayList<String>();
        for (var thread : threads) {
            var version = thread.room().version();
            // An ID that this room version cannot have finds nothing.
            hashes[rooms.size()] = EventIds.hash(version, thread.root()).orElse(new byte[0]);
            texts.add(EventIds.isText(version) ? thread.root().value() : "");
            rooms.add(thread.room().roomNid());
        }
        message.ask(
                sql,
                row -> {
                    var thread = threads.get(row.getInt("ordinal") - 1);
                    basis.threads.put(
                            new ThreadKey(thread.room().roomNid(), thread.root()),
                            new ThreadRow(
                                    row.getLong("event_nid"),
                                    row.getInt("notif_seq"),
                                    row.getInt("hl_seq")));
                },
                SqlArray.ofLongs(rooms),
                new SqlArray("bytea", hashes),
                SqlArray.ofTexts(texts));
    }

    private static Pdu pdu(ResultSet row, RoomVersion version) throws SQLException {
        var id = EventIds.of(version, row.getBytes("hash"), row.getString("legacy_id"));
        return PduParser.stored(id, version, row.getBytes("json"));
    }

    private static SqlArray roomNids(BasisQuery query) {
        return SqlArray.ofLongs(query.rooms().keySet().stream().map(RoomRef::roomNid).toList());
    }

    private static SqlArray positions(BasisQuery query) {
        return SqlArray.ofLongs(List.copyOf(query.rooms().values()));
    }
}
