package dev.lares.core.append;

import dev.lares.core.append.BatchBasis.Positions;
import dev.lares.core.append.OneMessage.SqlArray;
import dev.lares.core.room.RoomRef;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Step 5 of an append: bodies, positions and COMMIT in one message.
@Repository
class BatchRepository {
    /// Answers the positions of the committed batch.
    ///
    /// @param nowMillis when the answers to repetitions were made
    Positions write(Connection connection, UUID batchId, BatchRows rows, long nowMillis)
            throws SQLException {
        var message = new OneMessage();
        if (!rows.newRooms.isEmpty()) {
            insertRooms(message, rows.newRooms, nowMillis);
        }
        if (!rows.newKeys.isEmpty()) {
            insertKeys(message, rows);
        }
        if (!rows.placedOutliers.isEmpty()) {
            deleteOutliers(message, rows.placedOutliers);
        }
        if (!rows.events.isEmpty()) {
            insertRefs(message, rows.events);
            insertBodies(message, rows.events);
        }
        if (!rows.answers.isEmpty()) {
            insertAnswers(message, rows.answers, nowMillis);
        }
        var positions = new AtomicReference<@Nullable Positions>();
        var streams = List.copyOf(rows.streams.keySet());
        message.ask(
                "SELECT first_pos, last_pos FROM append(?, ?, ?, ?, ?, ?::jsonb[])",
                row -> positions.set(new Positions(row.getLong(1), row.getLong(2))),
                batchId,
                rows.size(),
                SqlArray.ofLongs(List.copyOf(rows.rooms)),
                SqlArray.ofLongs(List.copyOf(rows.users)),
                SqlArray.ofTexts(streams),
                SqlArray.ofTexts(rows.streams.values().stream().map(Object::toString).toList()));
        message.tell("COMMIT");
        message.send(connection);
        var given = positions.get();
        if (given == null) {
            throw new IllegalStateException("append() gave no positions");
        }
        return given;
    }

    private static void insertRooms(OneMessage message, List<RoomRef> rooms, long nowMillis) {
        message.tell(
                """
                INSERT INTO room (room_nid, room_id, version, created_ts) OVERRIDING SYSTEM VALUE
                SELECT r.room_nid, r.room_id, r.version, ?
                FROM unnest(?, ?, ?) AS r(room_nid, room_id, version)
                """,
                nowMillis,
                SqlArray.ofLongs(rooms.stream().map(RoomRef::roomNid).toList()),
                SqlArray.ofTexts(rooms.stream().map(room -> room.roomId().value()).toList()),
                SqlArray.ofTexts(rooms.stream().map(room -> room.version().id()).toList()));
    }

    private static void insertKeys(OneMessage message, BatchRows rows) {
        var keys = List.copyOf(rows.newKeys.keySet());
        message.tell(
                """
                INSERT INTO state_key (room_nid, key_nid, type, state_key) OVERRIDING SYSTEM VALUE
                SELECT * FROM unnest(?, ?, ?, ?)
                """,
                SqlArray.ofLongs(keys.stream().map(BatchRows.RoomKey::roomNid).toList()),
                SqlArray.ofLongs(List.copyOf(rows.newKeys.values())),
                SqlArray.ofTexts(keys.stream().map(key -> key.key().type()).toList()),
                SqlArray.ofTexts(keys.stream().map(key -> key.key().stateKey()).toList()));
    }

    /// Deleted rather than changed, so that what hangs on the insertion of an event happens.
    private static void deleteOutliers(OneMessage message, List<BatchRows.OutlierRow> outliers) {
        message.tell(
                """
                DELETE FROM event e USING unnest(?, ?) AS o(room_nid, event_nid)
                WHERE e.room_nid = o.room_nid AND e.event_nid = o.event_nid
                """,
                SqlArray.ofLongs(outliers.stream().map(BatchRows.OutlierRow::roomNid).toList()),
                SqlArray.ofLongs(outliers.stream().map(BatchRows.OutlierRow::eventNid).toList()));
    }

    private static void insertRefs(OneMessage message, List<BuiltEvent> events) {
        var hashes = new byte[events.size()][];
        var texts = new @Nullable String[events.size()];
        for (int i = 0; i < texts.length; i++) {
            var pdu = events.get(i).pdu();
            if (EventIds.isText(pdu.roomVersion())) {
                texts[i] = pdu.eventId().value();
            } else {
                hashes[i] = EventIds.hash(pdu.roomVersion(), pdu.eventId()).orElseThrow();
            }
        }
        message.tell(
                """
                INSERT INTO event_ref (event_nid, room_nid, hash, legacy_id)
                SELECT * FROM unnest(?, ?, ?::bytea[], ?)
                ON CONFLICT (event_nid) DO UPDATE SET room_nid = excluded.room_nid
                """,
                longs(events, BuiltEvent::eventNid),
                longs(events, BuiltEvent::roomNid),
                new SqlArray("bytea", hashes),
                new SqlArray("text", texts));
    }

    private static void insertBodies(OneMessage message, List<BuiltEvent> events) {
        var keys = new @Nullable Long[events.size()];
        var bodies = new byte[events.size()][];
        var refusals = new @Nullable String[events.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = events.get(i).keyNid().orElse(null);
            bodies[i] = events.get(i).pdu().json().bytes();
            refusals[i] = events.get(i).placed().refusal().orElse(null);
        }
        message.tell(
                """
                INSERT INTO event (room_nid, event_nid, type, sender_nid, key_nid, depth, ts,
                                   prev_nids, auth_nids, state_line, state_ver, flags, refusal,
                                   json)
                SELECT b.room_nid, b.event_nid, b.type, b.sender_nid, b.key_nid, b.depth, b.ts,
                       b.prev_nids::bigint[], b.auth_nids::bigint[], b.state_line, b.state_ver,
                       b.flags, b.refusal, b.json
                FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::bytea[])
                     AS b(room_nid, event_nid, type, sender_nid, key_nid, depth, ts, prev_nids,
                          auth_nids, state_line, state_ver, flags, refusal, json)
                """,
                longs(events, BuiltEvent::roomNid),
                longs(events, BuiltEvent::eventNid),
                texts(events, event -> event.pdu().type()),
                longs(events, BuiltEvent::senderNid),
                new SqlArray("int8", keys),
                longs(events, event -> event.pdu().depth()),
                longs(events, event -> event.pdu().originServerTs()),
                texts(events, event -> arrayText(event.placed().prevNids())),
                texts(events, event -> arrayText(event.placed().authNids())),
                ints(events, event -> event.placed().line()),
                ints(events, event -> event.placed().ver()),
                ints(events, event -> event.placed().flags().bits()),
                new SqlArray("text", refusals),
                new SqlArray("bytea", bodies));
    }

    private static void insertAnswers(
            OneMessage message, List<BatchRows.AnswerRow> answers, long nowMillis) {
        var events = new ArrayList<@Nullable Long>();
        answers.forEach(answer -> events.add(answer.eventNid().orElse(null)));
        message.tell(
                """
                INSERT INTO transaction_answer (user_nid, scope, endpoint, txn_id, event_nid, ts)
                SELECT a.user_nid, a.scope, a.endpoint, a.txn_id, a.event_nid, ?
                FROM unnest(?, ?, ?, ?, ?) AS a(user_nid, scope, endpoint, txn_id, event_nid)
                """,
                nowMillis,
                SqlArray.ofLongs(answers.stream().map(answer -> answer.key().userNid()).toList()),
                SqlArray.ofTexts(answers.stream().map(answer -> answer.key().scope()).toList()),
                SqlArray.ofTexts(answers.stream().map(answer -> answer.key().endpoint()).toList()),
                SqlArray.ofTexts(answers.stream().map(answer -> answer.key().txnId()).toList()),
                new SqlArray("int8", events.toArray(Long[]::new)));
    }

    private static SqlArray longs(List<BuiltEvent> events, ToLongFunction<BuiltEvent> part) {
        return new SqlArray("int8", events.stream().mapToLong(part).toArray());
    }

    private static SqlArray ints(List<BuiltEvent> events, ToIntFunction<BuiltEvent> part) {
        return new SqlArray("int4", events.stream().mapToInt(part).toArray());
    }

    private static SqlArray texts(List<BuiltEvent> events, Function<BuiltEvent, String> part) {
        return new SqlArray("text", events.stream().map(part).toArray(String[]::new));
    }

    /// unnest takes arrays apart to the last level, so these travel as text.
    private static String arrayText(List<Long> nids) {
        return nids.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }
}
