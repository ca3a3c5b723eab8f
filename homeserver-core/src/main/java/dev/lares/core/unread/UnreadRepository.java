package dev.lares.core.unread;

import dev.lares.core.log.Position;
import dev.lares.core.unread.UnreadCounts.Count;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class UnreadRepository {
    /// More threads of one room are not counted one by one.
    private static final int THREADS_MAX = 1_000;

    private final JdbcClient jdbc;

    UnreadRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// All that notifies in (read, to] of each room, threads included: the difference of the
    /// running counts, without the events of the user and of those whom they ignore, with the
    /// exceptions made for the user, less what is redacted.
    ///
    /// @param read for each room, the position up to which the user has read it
    Map<Long, Count> countAll(Reader reader, long[] roomNids, long[] read, Position to) {
        var sql =
                """
                SELECT r.room_nid,
                       head.notif_seq - coalesce(base.notif_seq, 0)
                           - (SELECT count(*) FROM timeline o
                              WHERE o.room_nid = r.room_nid AND o.sender_nid = ANY(:silent)
                                AND o.pos > r.read_pos AND o.pos <= :to)
                           + coalesce(x.notify, 0) - coalesce(gone.notify, 0) AS notifications,
                       head.hl_seq - coalesce(base.hl_seq, 0) + coalesce(x.highlight, 0)
                           - coalesce(gone.highlight, 0) - coalesce(quiet.highlight, 0) AS highlights
                FROM unnest(:roomNids, :read) AS r(room_nid, read_pos)
                JOIN LATERAL (
                    SELECT notif_seq, hl_seq FROM timeline t
                    WHERE t.room_nid = r.room_nid AND t.pos <= :to
                    ORDER BY t.pos DESC LIMIT 1) head ON true
                LEFT JOIN LATERAL (
                    SELECT notif_seq, hl_seq FROM timeline t
                    WHERE t.room_nid = r.room_nid AND t.pos <= r.read_pos
                    ORDER BY t.pos DESC LIMIT 1) base ON true
                LEFT JOIN LATERAL (
                    SELECT sum(p.notify) AS notify, sum(p.highlight) AS highlight
                    FROM push_exception p
                    WHERE p.user_nid = :userNid AND p.room_nid = r.room_nid
                      AND p.pos > r.read_pos AND p.pos <= :to
                      AND (cardinality(:ignored) = 0 OR NOT EXISTS (
                          SELECT FROM timeline i JOIN event e USING (room_nid, event_nid)
                          WHERE i.room_nid = p.room_nid AND i.pos = p.pos AND e.sender_nid = ANY(:ignored)))) x ON true
                LEFT JOIN LATERAL (
                    SELECT sum(o.hl_seq - coalesce(before.hl_seq, 0)) AS highlight
                    FROM timeline o
                    LEFT JOIN LATERAL (
                        SELECT t.hl_seq FROM timeline t
                        WHERE t.room_nid = o.room_nid AND t.pos < o.pos
                        ORDER BY t.pos DESC LIMIT 1) before ON true
                    WHERE cardinality(:ignored) > 0 AND o.room_nid = r.room_nid
                      AND o.sender_nid = ANY(:ignored) AND o.pos > r.read_pos AND o.pos <= :to) quiet ON true
                LEFT JOIN LATERAL (
                    SELECT sum(d.notify + coalesce(p.notify, 0)) AS notify,
                           sum(d.highlight + coalesce(p.highlight, 0)) AS highlight
                    FROM unread_redaction d
                    LEFT JOIN push_exception p
                      ON p.user_nid = :userNid AND p.room_nid = d.room_nid AND p.pos = d.target_pos
                    WHERE d.room_nid = r.room_nid AND d.target_pos > r.read_pos
                      AND d.target_pos <= :to AND d.pos <= :to AND d.sender_nid <> ALL(:silent)) gone ON true
                """;
        Map<Long, Count> counts = new HashMap<>();
        jdbc.sql(sql)
                .param("userNid", reader.userNid())
                .param("ignored", reader.ignored())
                .param("silent", reader.silent())
                .param("roomNids", roomNids)
                .param("read", read)
                .param("to", to.value())
                .query(row -> {
                    counts.put(
                            row.getLong("room_nid"),
                            new Count(row.getInt("notifications"), row.getInt("highlights")));
                });
        return counts;
    }

    /// What notifies in each thread of rooms, and how much of that lies behind the read position of
    /// the main timeline.
    ///
    /// @param mainRead for each room, up to where the main timeline is read
    /// @param unthreaded for each room, up to where everything is read
    /// @param roots internal numbers of threads that have a receipt of their own
    /// @param rootsRead up to where those threads are read
    List<ThreadRow> countThreads(
            Reader reader,
            long[] roomNids,
            long[] mainRead,
            long[] unthreaded,
            long[] roots,
            long[] rootsRead,
            Position to) {
        var sql =
                """
                WITH r AS (
                    SELECT * FROM unnest(:roomNids, :mainRead, :unthreaded) AS r(room_nid, main_read, unthreaded)
                ), own AS (
                    SELECT t.room_nid, t.root_nid, t.pos, t.notif_seq, t.hl_seq, r.main_read,
                           coalesce(x.read_pos, r.unthreaded) AS read_pos,
                           l.sender_nid = :userNid AS mine,
                           l.sender_nid = ANY(:ignored) AS quiet, d.pos IS NOT NULL AS gone
                    FROM r
                    JOIN timeline_thread t
                      ON t.room_nid = r.room_nid AND t.pos > least(r.main_read, r.unthreaded) AND t.pos <= :to
                    JOIN timeline l ON l.room_nid = t.room_nid AND l.pos = t.pos
                    LEFT JOIN unread_redaction d
                      ON d.room_nid = t.room_nid AND d.target_pos = t.pos AND d.pos <= :to
                    LEFT JOIN unnest(:roots, :rootsRead) AS x(root_nid, read_pos)
                      ON x.root_nid = t.root_nid
                ), step AS (
                    SELECT o.*, o.hl_seq - coalesce(
                        (SELECT p.hl_seq FROM timeline_thread p
                         WHERE p.room_nid = o.room_nid AND p.root_nid = o.root_nid AND p.pos < o.pos
                         ORDER BY p.pos DESC LIMIT 1), 0) AS highlight
                    FROM own o
                ), counted AS (
                    SELECT room_nid, root_nid,
                           count(*) FILTER (WHERE pos > read_pos AND NOT mine) AS notifications,
                           coalesce(sum(highlight) FILTER (WHERE pos > read_pos), 0) AS highlights,
                           count(*) FILTER (WHERE pos > main_read AND NOT mine) AS behind_main,
                           coalesce(sum(highlight) FILTER (WHERE pos > main_read), 0) AS hl_behind_main
                    FROM step WHERE NOT gone AND NOT quiet GROUP BY room_nid, root_nid
                ), exceptions AS (
                    SELECT p.room_nid, p.root_nid,
                           sum(p.notify) FILTER (WHERE p.pos > coalesce(x.read_pos, r.unthreaded)) AS notify,
                           sum(p.highlight) FILTER (WHERE p.pos > coalesce(x.read_pos, r.unthreaded)) AS highlight,
                           sum(p.notify) FILTER (WHERE p.pos > r.main_read) AS behind_main,
                           sum(p.highlight) FILTER (WHERE p.pos > r.main_read) AS hl_behind_main
                    FROM r
                    JOIN push_exception p
                      ON p.user_nid = :userNid AND p.room_nid = r.room_nid AND p.root_nid <> 0
                     AND p.pos > least(r.main_read, r.unthreaded) AND p.pos <= :to
                    LEFT JOIN unnest(:roots, :rootsRead) AS x(root_nid, read_pos)
                      ON x.root_nid = p.root_nid
                    WHERE NOT EXISTS (
                        SELECT FROM unread_redaction d
                        WHERE d.room_nid = p.room_nid AND d.target_pos = p.pos AND d.pos <= :to)
                      AND (cardinality(:ignored) = 0 OR NOT EXISTS (
                          SELECT FROM timeline i JOIN event e USING (room_nid, event_nid)
                          WHERE i.room_nid = p.room_nid AND i.pos = p.pos AND e.sender_nid = ANY(:ignored)))
                    GROUP BY p.room_nid, p.root_nid
                )
                SELECT room_nid, root_nid,
                       coalesce(c.notifications, 0) + coalesce(x.notify, 0) AS notifications,
                       coalesce(c.highlights, 0) + coalesce(x.highlight, 0) AS highlights,
                       coalesce(c.behind_main, 0) + coalesce(x.behind_main, 0) AS behind_main,
                       coalesce(c.hl_behind_main, 0) + coalesce(x.hl_behind_main, 0) AS hl_behind_main
                FROM counted c FULL JOIN exceptions x USING (room_nid, root_nid)
                LIMIT :limit
                """;
        return jdbc.sql(sql)
                .param("userNid", reader.userNid())
                .param("ignored", reader.ignored())
                .param("roomNids", roomNids)
                .param("mainRead", mainRead)
                .param("unthreaded", unthreaded)
                .param("roots", roots)
                .param("rootsRead", rootsRead)
                .param("to", to.value())
                .param("limit", THREADS_MAX * roomNids.length)
                .query((row, n) ->
                        new ThreadRow(
                                row.getLong("room_nid"),
                                row.getLong("root_nid"),
                                new Count(row.getInt("notifications"), row.getInt("highlights")),
                                new Count(row.getInt("behind_main"), row.getInt("hl_behind_main"))))
                .list();
    }

    /// Internal numbers of those of the users whom this server knows.
    long[] findNids(Set<String> userIds) {
        if (userIds.isEmpty()) {
            return new long[0];
        }
        return jdbc
                .sql("SELECT user_nid FROM user_ref WHERE user_id = ANY(:userIds)")
                .param("userIds", userIds.toArray(String[]::new))
                .query(Long.class)
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    /// Who counts.
    ///
    /// @param ignored internal numbers of users whose events do not count
    @SuppressWarnings("ArrayRecordComponent") // for SQL, and never compared
    record Reader(long userNid, long[] ignored) {
        /// Whose events do not notify.
        long[] silent() {
            return LongStream.concat(LongStream.of(userNid), LongStream.of(ignored)).toArray();
        }
    }

    /// @param unread what is unread of the thread
    /// @param behindMain what of the thread lies behind the read position of the main timeline
    record ThreadRow(long roomNid, long rootNid, Count unread, Count behindMain) {}
}
