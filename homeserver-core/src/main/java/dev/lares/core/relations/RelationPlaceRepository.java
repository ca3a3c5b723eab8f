package dev.lares.core.relations;

import dev.lares.core.id.EventId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.Position;
import dev.lares.core.room.Place;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.room.TimelinePager.Stretch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads relations in the order of the timeline. Whoever is ignored is left out by user ID, since
/// few of them have ever been seen here.
@Repository
class RelationPlaceRepository {
    /// Edits of one event that are looked at for the newest that counts.
    private static final int EDITS_MAX = 10;

    /// Replies of one thread that are looked at for the newest that the user may see.
    private static final int REPLIES_MAX = 10;

    /// References to one event that are told, oldest first.
    private static final int REFERENCES_MAX = 100;

    private final JdbcClient jdbc;

    RelationPlaceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What may be bundled with each of the parents: its own sender's newest edits, newest first;
    /// the newest replies in its thread, newest first; and the first references to it.
    ///
    /// @param to relations behind this position do not count
    List<Child> findChildren(List<StoredEvent> parents, Position to, Set<String> ignored) {
        var sql =
                """
                WITH hidden AS (
                    SELECT ARRAY(SELECT user_nid FROM user_ref WHERE user_id = ANY(:ignored)) AS nids
                )
                SELECT q.n, c.rel_type, c.event_nid, c.depth, c.pos
                FROM unnest(:roomNids::bigint[], :targets::text[], :senders::bigint[], :types::text[])
                         WITH ORDINALITY AS q(room_nid, target_id, sender_nid, type, n)
                CROSS JOIN hidden h
                CROSS JOIN LATERAL (
                    (SELECT p.rel_type, p.event_nid, p.depth, p.pos, row_number() OVER () AS rank
                     FROM (SELECT * FROM relation_place p
                           WHERE p.room_nid = q.room_nid AND p.target_id = q.target_id
                             AND p.rel_type = 'm.replace' AND p.sender_nid = q.sender_nid
                             AND p.type = q.type AND p.sender_nid <> ALL(h.nids)
                             AND p.pos <= :to
                           ORDER BY p.ts DESC
                           LIMIT :edits) p)
                    UNION ALL
                    (SELECT p.rel_type, p.event_nid, p.depth, p.pos, row_number() OVER ()
                     FROM (SELECT * FROM relation_place p
                           WHERE p.room_nid = q.room_nid AND p.target_id = q.target_id
                             AND p.rel_type = 'm.thread' AND p.sender_nid <> ALL(h.nids)
                             AND p.pos <= :to
                           ORDER BY p.depth DESC, p.pos DESC
                           LIMIT :replies) p)
                    UNION ALL
                    (SELECT p.rel_type, p.event_nid, p.depth, p.pos, row_number() OVER ()
                     FROM (SELECT * FROM relation_place p
                           WHERE p.room_nid = q.room_nid AND p.target_id = q.target_id
                             AND p.rel_type = 'm.reference' AND p.sender_nid <> ALL(h.nids)
                             AND p.pos <= :to
                           ORDER BY p.depth, p.pos
                           LIMIT :references) p)) c
                ORDER BY q.n, c.rel_type, c.rank
                """;
        return jdbc.sql(sql)
                .param("ignored", ignored.toArray(String[]::new))
                .param("roomNids", longs(parents, StoredEvent::roomNid))
                .param("targets", texts(parents, parent -> parent.eventId().value()))
                .param("senders", longs(parents, StoredEvent::senderNid))
                .param("types", texts(parents, parent -> parent.pdu().type()))
                .param("to", to.value())
                .param("edits", EDITS_MAX)
                .param("replies", REPLIES_MAX)
                .param("references", REFERENCES_MAX)
                .query((row, n) ->
                        new Child(
                                row.getInt("n") - 1,
                                row.getString("rel_type"),
                                row.getLong("event_nid"),
                                place(row)))
                .list();
    }

    /// How many events are in the threads of those roots, and whether the user sent any, by the
    /// root's number; a root without any is missing.
    Map<Long, ThreadSize> countThreads(
            List<StoredEvent> roots, Position to, Set<String> ignored, long userNid) {
        var sql =
                """
                WITH hidden AS (
                    SELECT ARRAY(SELECT user_nid FROM user_ref WHERE user_id = ANY(:ignored)) AS nids
                )
                SELECT q.event_nid, count(*) AS events, bool_or(p.sender_nid = :userNid) AS participated
                FROM unnest(:roomNids::bigint[], :targets::text[], :eventNids::bigint[])
                         AS q(room_nid, target_id, event_nid)
                CROSS JOIN hidden h
                JOIN relation_place p
                  ON p.room_nid = q.room_nid AND p.target_id = q.target_id
                 AND p.rel_type = 'm.thread' AND p.pos <= :to AND p.sender_nid <> ALL(h.nids)
                GROUP BY q.event_nid
                """;
        var sizes = new HashMap<Long, ThreadSize>();
        jdbc.sql(sql)
                .param("ignored", ignored.toArray(String[]::new))
                .param("roomNids", longs(roots, StoredEvent::roomNid))
                .param("targets", texts(roots, root -> root.eventId().value()))
                .param("eventNids", longs(roots, StoredEvent::nid))
                .param("to", to.value())
                .param("userNid", userNid)
                .query(row -> {
                    sizes.put(
                            row.getLong("event_nid"),
                            new ThreadSize(row.getLong("events"), row.getBoolean("participated")));
                });
        return sizes;
    }

    /// @param participated whether the user sent any of the events
    record ThreadSize(long events, boolean participated) {}

    /// Some of those who sent the events in the threads of those roots, by the root's number; one
    /// more than `limit` where there are more.
    Map<Long, Set<UserId>> findParticipants(List<StoredEvent> roots, Position to, int limit) {
        var sql =
                """
                SELECT q.event_nid, u.user_id
                FROM unnest(:roomNids::bigint[], :targets::text[], :eventNids::bigint[])
                         AS q(room_nid, target_id, event_nid)
                CROSS JOIN LATERAL (
                    SELECT DISTINCT p.sender_nid
                    FROM relation_place p
                    WHERE p.room_nid = q.room_nid AND p.target_id = q.target_id
                      AND p.rel_type = 'm.thread' AND p.pos <= :to
                    LIMIT :limit + 1) s
                JOIN user_ref u ON u.user_nid = s.sender_nid
                """;
        var participants = new HashMap<Long, Set<UserId>>();
        jdbc.sql(sql)
                .param("roomNids", longs(roots, StoredEvent::roomNid))
                .param("targets", texts(roots, root -> root.eventId().value()))
                .param("eventNids", longs(roots, StoredEvent::nid))
                .param("to", to.value())
                .param("limit", limit)
                .query(row -> {
                    participants
                            .computeIfAbsent(row.getLong("event_nid"), nid -> new HashSet<>())
                            .add(new UserId(row.getString("user_id")));
                });
        return participants;
    }

    /// The newest events that relate to any of the targets in a stretch that goes back, newest
    /// first.
    List<Child> findBackward(
            RoomRef room,
            Collection<EventId> targets,
            RelationFilter filter,
            Set<String> ignored,
            Stretch stretch,
            int limit) {
        var sql =
                """
                SELECT p.rel_type, p.event_nid, p.depth, p.pos
                FROM relation_place p
                WHERE p.room_nid = :roomNid AND p.target_id = ANY(:targets)
                  AND (:relType::text IS NULL OR p.rel_type = :relType)
                  AND (:type::text IS NULL OR p.type = :type)
                  AND p.sender_nid <> ALL(
                      ARRAY(SELECT user_nid FROM user_ref WHERE user_id = ANY(:ignored)))
                  AND (p.depth, p.pos) <= (:fromDepth, :fromPos)
                  AND (p.depth, p.pos) > (:toDepth, :toPos)
                ORDER BY p.depth DESC, p.pos DESC
                LIMIT :limit
                """;
        return page(sql, room, targets, filter, ignored, stretch, limit);
    }

    /// The oldest events that relate to any of the targets in a stretch that goes forward, oldest
    /// first.
    List<Child> findForward(
            RoomRef room,
            Collection<EventId> targets,
            RelationFilter filter,
            Set<String> ignored,
            Stretch stretch,
            int limit) {
        var sql =
                """
                SELECT p.rel_type, p.event_nid, p.depth, p.pos
                FROM relation_place p
                WHERE p.room_nid = :roomNid AND p.target_id = ANY(:targets)
                  AND (:relType::text IS NULL OR p.rel_type = :relType)
                  AND (:type::text IS NULL OR p.type = :type)
                  AND p.sender_nid <> ALL(
                      ARRAY(SELECT user_nid FROM user_ref WHERE user_id = ANY(:ignored)))
                  AND (p.depth, p.pos) > (:fromDepth, :fromPos)
                  AND (p.depth, p.pos) <= (:toDepth, :toPos)
                ORDER BY p.depth, p.pos
                LIMIT :limit
                """;
        return page(sql, room, targets, filter, ignored, stretch, limit);
    }

    private List<Child> page(
            String sql,
            RoomRef room,
            Collection<EventId> targets,
            RelationFilter filter,
            Set<String> ignored,
            Stretch stretch,
            int limit) {
        return jdbc.sql(sql)
                .param("ignored", ignored.toArray(String[]::new))
                .param("roomNid", room.roomNid())
                .param("targets", targets.stream().map(EventId::value).toArray(String[]::new))
                .param("relType", filter.relType().orElse(null), Types.VARCHAR)
                .param("type", filter.eventType().orElse(null), Types.VARCHAR)
                .param("fromDepth", stretch.from().depth())
                .param("fromPos", stretch.from().pos())
                .param("toDepth", stretch.to().depth())
                .param("toPos", stretch.to().pos())
                .param("limit", limit)
                .query((row, n) ->
                        new Child(
                                -1,
                                row.getString("rel_type"),
                                row.getLong("event_nid"),
                                place(row)))
                .list();
    }

    /// Replies of the room's threads up to a place, newest first.
    ///
    /// @param userNid whose participation is asked for
    List<Reply> findReplies(
            RoomRef room,
            Place from,
            Position to,
            Set<String> ignored,
            Optional<Long> userNid,
            int limit) {
        var sql =
                """
                WITH hidden AS (
                    SELECT ARRAY(SELECT user_nid FROM user_ref WHERE user_id = ANY(:ignored)) AS nids
                ), reply AS MATERIALIZED (
                    SELECT p.target_id, p.depth, p.pos
                    FROM relation_place p CROSS JOIN hidden h
                    WHERE p.room_nid = :roomNid AND p.rel_type = 'm.thread'
                      AND (p.depth, p.pos) <= (:depth, :pos) AND p.pos <= :to
                      AND p.sender_nid <> ALL(h.nids)
                    ORDER BY p.depth DESC, p.pos DESC
                    LIMIT :limit
                ), judged AS MATERIALIZED (
                    SELECT r.target_id, r.depth, r.pos,
                           NOT EXISTS (
                               SELECT FROM relation_place n
                               WHERE n.room_nid = :roomNid AND n.target_id = r.target_id
                                 AND n.rel_type = 'm.thread' AND (n.depth, n.pos) > (r.depth, r.pos)
                                 AND n.pos <= :to AND n.sender_nid <> ALL(h.nids)) AS newest
                    FROM reply r CROSS JOIN hidden h
                )
                SELECT j.target_id, j.depth, j.pos, j.newest,
                       CASE WHEN j.newest AND :userNid <> 0 THEN EXISTS (
                           SELECT FROM relation_place n
                           WHERE n.room_nid = :roomNid AND n.target_id = j.target_id
                             AND n.rel_type = 'm.thread' AND n.sender_nid = :userNid
                             AND n.pos <= :to) ELSE false END AS participated
                FROM judged j
                ORDER BY j.depth DESC, j.pos DESC
                """;
        return jdbc.sql(sql)
                .param("ignored", ignored.toArray(String[]::new))
                .param("roomNid", room.roomNid())
                .param("depth", from.depth())
                .param("pos", from.pos())
                .param("to", to.value())
                .param("userNid", userNid.orElse(0L))
                .param("limit", limit)
                .query((row, n) ->
                        new Reply(
                                row.getString("target_id"),
                                place(row),
                                row.getBoolean("newest"),
                                row.getBoolean("participated")))
                .list();
    }

    /// @param root what the reply names, an event ID or not
    /// @param newest whether the thread has no newer reply
    /// @param participated whether it has no newer reply and the user that was asked for sent any
    record Reply(String root, Place place, boolean newest, boolean participated) {}

    private static Place place(ResultSet row) throws SQLException {
        return new Place(row.getLong("depth"), row.getLong("pos"));
    }

    private static Long[] longs(List<StoredEvent> events, ToLongFunction<StoredEvent> part) {
        return events.stream().map(part::applyAsLong).toArray(Long[]::new);
    }

    private static String[] texts(List<StoredEvent> events, Function<StoredEvent, String> part) {
        return events.stream().map(part).toArray(String[]::new);
    }
}
