package dev.lares.core.membership;

import dev.lares.core.id.RoomId;
import dev.lares.core.log.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class MembershipRepository {
    private final JdbcClient jdbc;

    MembershipRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The newest membership in each room up to a position, rooms that the user has forgotten left
    /// out.
    List<RoomMembership> findRooms(long userNid, Position to) {
        var sql =
                """
                SELECT m.user_nid, m.room_nid, r.room_id, m.membership, m.pos, m.event_nid,
                       (SELECT min(x.pos) FROM membership x
                        WHERE x.user_nid = m.user_nid AND x.room_nid = m.room_nid AND x.pos <= :to
                          AND x.pos > coalesce(
                              (SELECT max(y.pos) FROM membership y
                               WHERE y.user_nid = m.user_nid AND y.room_nid = m.room_nid
                                 AND y.pos <= :to AND y.membership <> m.membership), 0)) AS since
                FROM (SELECT DISTINCT ON (room_nid) user_nid, room_nid, membership, pos, event_nid
                      FROM membership
                      WHERE user_nid = :userNid AND pos <= :to
                      ORDER BY room_nid, pos DESC) m
                JOIN room r ON r.room_nid = m.room_nid
                WHERE m.membership IN ('join', 'invite', 'knock')
                   OR NOT EXISTS (SELECT FROM forgotten_room f
                                  WHERE f.user_nid = m.user_nid AND f.room_nid = m.room_nid
                                    AND f.pos >= m.pos AND f.pos <= :to)
                ORDER BY m.room_nid
                """;
        return jdbc.sql(sql)
                .param("userNid", userNid)
                .param("to", to.value())
                .query((row, n) -> map(row))
                .list();
    }

    /// What users were in a room at a position; `since` is the newest change, profiles included.
    List<RoomMembership> findInRoom(long roomNid, Collection<Long> userNids, Position at) {
        var sql =
                """
                SELECT u.user_nid, m.room_nid, r.room_id, m.membership, m.pos, m.event_nid,
                       m.pos AS since
                FROM unnest(:userNids) AS u(user_nid)
                CROSS JOIN LATERAL (
                    SELECT room_nid, membership, pos, event_nid FROM membership m
                    WHERE m.user_nid = u.user_nid AND m.room_nid = :roomNid AND m.pos <= :at
                    ORDER BY m.pos DESC LIMIT 1) m
                JOIN room r ON r.room_nid = m.room_nid
                """;
        return jdbc.sql(sql)
                .param("userNids", userNids.toArray(Long[]::new))
                .param("roomNid", roomNid)
                .param("at", at.value())
                .query((row, n) -> map(row))
                .list();
    }

    /// Each change of one user's membership in a room, oldest first; `since` is that change.
    List<RoomMembership> findHistory(long userNid, long roomNid) {
        var sql =
                """
                SELECT m.user_nid, m.room_nid, r.room_id, m.membership, m.pos, m.event_nid,
                       m.pos AS since
                FROM membership m JOIN room r ON r.room_nid = m.room_nid
                WHERE m.user_nid = :userNid AND m.room_nid = :roomNid
                ORDER BY m.pos
                LIMIT 10000
                """;
        return jdbc.sql(sql)
                .param("userNid", userNid)
                .param("roomNid", roomNid)
                .query((row, n) -> map(row))
                .list();
    }

    /// Internal numbers of the local users who are in the room as the newest rows say.
    List<Long> findLocalJoined(long roomNid) {
        var sql =
                """
                SELECT m.user_nid
                FROM (SELECT DISTINCT ON (user_nid) user_nid, membership
                      FROM membership WHERE room_nid = :roomNid
                      ORDER BY user_nid, pos DESC) m
                JOIN account a ON a.user_nid = m.user_nid
                WHERE m.membership = 'join'
                """;
        return jdbc.sql(sql)
                .param("roomNid", roomNid)
                .query((row, n) -> row.getLong("user_nid"))
                .list();
    }

    /// Users by membership, as they were at a position, in the order in which they became so.
    List<Member> findMembers(
            long roomNid, Collection<Membership> memberships, Position at, int limit) {
        var sql =
                """
                SELECT u.user_id, m.membership, m.event_nid
                FROM (SELECT DISTINCT ON (user_nid) user_nid, membership, pos, event_nid
                      FROM membership WHERE room_nid = :roomNid AND pos <= :at
                      ORDER BY user_nid, pos DESC) m
                JOIN user_ref u ON u.user_nid = m.user_nid
                WHERE m.membership = ANY(:memberships)
                ORDER BY m.pos
                LIMIT :limit
                """;
        return jdbc.sql(sql)
                .param("roomNid", roomNid)
                .param("at", at.value())
                .param(
                        "memberships",
                        memberships.stream().map(Membership::value).toArray(String[]::new))
                .param("limit", limit)
                .query((row, n) ->
                        new Member(
                                row.getString("user_id"),
                                Membership.get(row.getString("membership")),
                                row.getLong("event_nid")))
                .list();
    }

    /// Of each room, who of those with a membership came first, and how many there were.
    ///
    /// @param perGroup most of those who are in or invited, and of those who are gone
    List<SummaryRow> summarise(Collection<Long> roomNids, Position at, int perGroup) {
        var sql =
                """
                SELECT x.room_nid, u.user_id, x.membership, x.event_nid, x.joined, x.invited, x.total
                FROM unnest(:roomNids::bigint[]) AS r(room_nid)
                CROSS JOIN LATERAL (
                    SELECT r.room_nid, g.*
                    FROM (
                        SELECT n.user_nid, n.membership, n.event_nid, n.pos,
                               count(*) FILTER (WHERE n.membership = 'join') OVER () AS joined,
                               count(*) FILTER (WHERE n.membership = 'invite') OVER () AS invited,
                               count(*) OVER () AS total,
                               row_number() OVER (PARTITION BY n.grp ORDER BY n.pos) AS place
                        FROM (
                            SELECT DISTINCT ON (m.user_nid) m.user_nid, m.membership, m.event_nid, m.pos,
                                   CASE WHEN m.membership IN ('join', 'invite') THEN 1
                                        WHEN m.membership IN ('leave', 'ban') THEN 2
                                        ELSE 3 END AS grp
                            FROM membership m
                            WHERE m.room_nid = r.room_nid AND m.pos <= :at
                            ORDER BY m.user_nid, m.pos DESC) n) g
                    WHERE g.place <= :perGroup AND g.membership <> 'knock') x
                JOIN user_ref u ON u.user_nid = x.user_nid
                ORDER BY x.room_nid, x.pos
                """;
        return jdbc.sql(sql)
                .param("roomNids", roomNids.toArray(Long[]::new))
                .param("at", at.value())
                .param("perGroup", perGroup)
                .query((row, n) ->
                        new SummaryRow(
                                row.getLong("room_nid"),
                                new Member(
                                        row.getString("user_id"),
                                        Membership.get(row.getString("membership")),
                                        row.getLong("event_nid")),
                                row.getInt("joined"),
                                row.getInt("invited"),
                                row.getInt("total")))
                .list();
    }

    /// How many users were of each membership at a position.
    MemberCounts count(long roomNid, Position at) {
        var sql =
                """
                SELECT count(*) FILTER (WHERE membership = 'join') AS joined,
                       count(*) FILTER (WHERE membership = 'invite') AS invited
                FROM (SELECT DISTINCT ON (user_nid) membership
                      FROM membership WHERE room_nid = :roomNid AND pos <= :at
                      ORDER BY user_nid, pos DESC) m
                """;
        return jdbc.sql(sql)
                .param("roomNid", roomNid)
                .param("at", at.value())
                .query((row, n) -> new MemberCounts(row.getInt("joined"), row.getInt("invited")))
                .single();
    }

    /// Who brought memberships about, and the last time before them that the user was in the room.
    Map<Long, MembershipOrigin> findOrigins(long userNid, Collection<RoomMembership> memberships) {
        var sql =
                """
                SELECT r.room_nid, coalesce(u.user_id, '') AS sender, j.pos AS last_join,
                       (SELECT min(x.pos) FROM membership x
                        WHERE x.user_nid = :userNid AND x.room_nid = r.room_nid AND x.pos <= j.pos
                          AND x.pos > coalesce(
                              (SELECT max(y.pos) FROM membership y
                               WHERE y.user_nid = :userNid AND y.room_nid = r.room_nid
                                 AND y.pos < j.pos AND y.membership <> 'join'), 0)) AS joined,
                       (SELECT min(z.pos) FROM membership z
                        WHERE z.user_nid = :userNid AND z.room_nid = r.room_nid
                          AND z.pos > j.pos AND z.pos <= r.pos) AS gone
                FROM unnest(:roomNids::bigint[], :eventNids::bigint[], :positions::bigint[])
                         AS r(room_nid, event_nid, pos)
                LEFT JOIN event e ON e.room_nid = r.room_nid AND e.event_nid = r.event_nid
                LEFT JOIN user_ref u ON u.user_nid = e.sender_nid
                CROSS JOIN LATERAL (
                    SELECT max(m.pos) AS pos FROM membership m
                    WHERE m.user_nid = :userNid AND m.room_nid = r.room_nid AND m.pos <= r.pos
                      AND m.membership = 'join') j
                """;
        var found = new HashMap<Long, MembershipOrigin>();
        jdbc.sql(sql)
                .param("userNid", userNid)
                .param("roomNids", longs(memberships, RoomMembership::roomNid))
                .param("eventNids", longs(memberships, RoomMembership::eventNid))
                .param("positions", longs(memberships, one -> one.changed().value()))
                .query(row -> {
                    long gone = row.getLong("gone");
                    var stay =
                            gone == 0
                                    ? Optional.<Stay>empty()
                                    : Optional.of(
                                            new Stay(
                                                    new Position(row.getLong("joined")),
                                                    new Position(gone)));
                    found.put(
                            row.getLong("room_nid"),
                            new MembershipOrigin(row.getString("sender"), stay));
                });
        return found;
    }

    private static Long[] longs(
            Collection<RoomMembership> memberships, ToLongFunction<RoomMembership> of) {
        return memberships.stream().mapToLong(of).boxed().toArray(Long[]::new);
    }

    /// How many users had joined each of the rooms at a position; a room without any is missing.
    Map<Long, Integer> countJoined(Collection<Long> roomNids, Position at) {
        var sql =
                """
                SELECT r.room_nid, c.joined
                FROM unnest(:roomNids::bigint[]) AS r(room_nid)
                CROSS JOIN LATERAL (
                    SELECT count(*) AS joined
                    FROM (SELECT DISTINCT ON (user_nid) membership
                          FROM membership WHERE room_nid = r.room_nid AND pos <= :at
                          ORDER BY user_nid, pos DESC) m
                    WHERE m.membership = 'join') c
                """;
        var counts = new HashMap<Long, Integer>();
        jdbc.sql(sql)
                .param("roomNids", roomNids.toArray(Long[]::new))
                .param("at", at.value())
                .query(row -> {
                    counts.put(row.getLong("room_nid"), row.getInt("joined"));
                });
        return counts;
    }

    private static RoomMembership map(ResultSet row) throws SQLException {
        return new RoomMembership(
                row.getLong("user_nid"),
                row.getLong("room_nid"),
                new RoomId(row.getString("room_id")),
                Membership.get(row.getString("membership")),
                new Position(row.getLong("since")),
                new Position(row.getLong("pos")),
                row.getLong("event_nid"));
    }

    record Member(String userId, Membership membership, long eventNid) {}

    record MemberCounts(int joined, int invited) {}

    record SummaryRow(long roomNid, Member member, int joined, int invited, int total) {}
}
