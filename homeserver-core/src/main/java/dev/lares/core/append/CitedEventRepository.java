package dev.lares.core.append;

import dev.lares.core.append.BasisQuery.CitedEvent;
import dev.lares.core.append.BatchBasis.EventKey;
import dev.lares.core.append.BatchBasis.RefRow;
import dev.lares.core.append.BatchBasis.Whereabouts;
import dev.lares.core.append.OneMessage.SqlArray;
import dev.lares.core.event.EventFlags;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.PduParser;
import dev.lares.core.roomversion.RoomVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/// What is there of events that arrive, and of those that they cite: part of the first message of a
/// batch.
@Repository
class CitedEventRepository {

    void read(OneMessage message, List<CitedEvent> wanted, BatchBasis basis) {
        var byHash = new ArrayList<CitedEvent>();
        var byText = new ArrayList<CitedEvent>();
        var hashes = new ArrayList<byte[]>();
        for (var cited : wanted) {
            var version = cited.room().version();
            if (EventIds.isText(version)) {
                byText.add(cited);
            } else {
                // An ID that this room version cannot have finds nothing.
                EventIds.hash(version, cited.eventId())
                        .ifPresent(hash -> {
                            byHash.add(cited);
                            hashes.add(hash);
                        });
            }
        }
        if (!byHash.isEmpty()) {
            readByHash(message, byHash, hashes, basis);
        }
        if (!byText.isEmpty()) {
            readByText(message, byText, basis);
        }
    }

    private static void readByHash(
            OneMessage message, List<CitedEvent> wanted, List<byte[]> hashes, BatchBasis basis) {
        message.ask(
                """
                SELECT w.ordinal, w.room_nid, r.event_nid, r.room_nid AS found_room, e.flags,
                       CASE WHEN w.whole THEN e.json END AS json,
                       EXISTS (
                           SELECT FROM room_gap g
                           WHERE g.room_nid = w.room_nid AND g.missing_nid = r.event_nid) AS gap
                FROM unnest(?, ?::bytea[], ?) WITH ORDINALITY AS w(room_nid, hash, whole, ordinal)
                JOIN event_ref r
                  ON r.hash IS NOT NULL
                 AND substring(r.hash FROM 1 FOR 16) = substring(w.hash FROM 1 FOR 16)
                 AND r.hash = w.hash
                LEFT JOIN event e ON e.room_nid = w.room_nid AND e.event_nid = r.event_nid
                """,
                row -> add(row, wanted, basis),
                rooms(wanted),
                new SqlArray("bytea", hashes.toArray(byte[][]::new)),
                wholes(wanted));
    }

    private static void readByText(OneMessage message, List<CitedEvent> wanted, BatchBasis basis) {
        message.ask(
                """
                SELECT w.ordinal, w.room_nid, r.event_nid, r.room_nid AS found_room, e.flags,
                       CASE WHEN w.whole THEN e.json END AS json,
                       EXISTS (
                           SELECT FROM room_gap g
                           WHERE g.room_nid = w.room_nid AND g.missing_nid = r.event_nid) AS gap
                FROM unnest(?, ?, ?) WITH ORDINALITY AS w(room_nid, legacy_id, whole, ordinal)
                JOIN event_ref r ON r.legacy_id = w.legacy_id
                LEFT JOIN event e ON e.room_nid = w.room_nid AND e.event_nid = r.event_nid
                """,
                row -> add(row, wanted, basis),
                rooms(wanted),
                SqlArray.ofTexts(wanted.stream().map(cited -> cited.eventId().value()).toList()),
                wholes(wanted));
    }

    private static void add(ResultSet row, List<CitedEvent> wanted, BatchBasis basis)
            throws SQLException {
        var cited = wanted.get(row.getInt("ordinal") - 1);
        long foundRoom = row.getLong("found_room"); // null becomes 0: a placeholder
        var flags = new EventFlags(row.getInt("flags"));
        boolean stored = !row.wasNull();
        var whereabouts = Whereabouts.HERE;
        if (!stored) {
            whereabouts =
                    foundRoom == 0 || foundRoom == cited.room().roomNid()
                            ? Whereabouts.PLACEHOLDER
                            : Whereabouts.ELSEWHERE;
        } else if (flags.isOutlier()) {
            whereabouts = Whereabouts.OUTLIER;
        }
        byte[] json = row.getBytes("json");
        basis.refs.put(
                new EventKey(cited.room().roomNid(), cited.eventId()),
                new RefRow(
                        row.getLong("event_nid"),
                        whereabouts,
                        flags.isRejected(),
                        row.getBoolean("gap"),
                        json == null
                                ? Optional.empty()
                                : Optional.of(pdu(cited, cited.room().version(), json))));
    }

    private static Pdu pdu(CitedEvent cited, RoomVersion version, byte[] json) {
        return PduParser.stored(cited.eventId(), version, json);
    }

    private static SqlArray rooms(List<CitedEvent> wanted) {
        return SqlArray.ofLongs(wanted.stream().map(cited -> cited.room().roomNid()).toList());
    }

    private static SqlArray wholes(List<CitedEvent> wanted) {
        return new SqlArray("bool", wanted.stream().map(CitedEvent::whole).toArray(Boolean[]::new));
    }
}
