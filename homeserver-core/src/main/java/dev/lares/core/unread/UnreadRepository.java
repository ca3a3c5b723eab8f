package dev.lares.core.unread;

import dev.lares.core.log.Position;
import dev.lares.core.unread.UnreadCounts.Count;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    /// running counts, without the user's own events, with the exceptions made for the user, less
    /// what is redacted.
    ///
    /// @param read for each room, the position up to which the user has read it
    Map<Long, Count> countAll(long userNid, long[] roomNids, long[] read, Position to) {
        var sql =
                """
                SELECT r.room_nid,
                       head.notif_seq - coalesce(base.notif_seq, 0)
                           - (SELECT count(*) FROM timeline o
                              WHERE o.room_nid = r.room_nid AND o.sender_nid = :userNid
                                AND o.pos > r.read_pos AND o.pos <= :to)
                           + coalesce(x.notify, 0) - coalesce(gone.notify, 0) AS notifications,
                       head.hl_seq - coalesce(base.hl_seq, 0) + coalesce(x.highlight, 0)
                           - coalesce(gone.highlight, 0) AS highlights
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
                      AND p.pos > r.read_pos AND p.pos <= :to) x ON true
                LEFT JOIN LATERAL (
                    SELECT sum(d.notify + coalesce(p.notify, 0)) AS notify,
                           sum(d.highlight + coalesce(p.highlight, 0)) AS highlight
                    FROM unread_redaction d
                    LEFT JOIN push_exception p
                      ON p.user_nid = :userNid AND p.room_nid = d.room_nid AND p.pos = d.target_pos
                    WHERE d.room_nid = r.room_nid AND d.target_pos > r.read_pos
                      AND d.target_pos <= :to AND d.pos <= :to AND d.sender_nid <> :userNid) gone ON true
                """;
        Map<Long, Count> counts = new HashMap<>();
        jdbc.sql(sql)
                .param("userNid", userNid)
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

    /// What notifies in each thread of a room, and how much of that lies behind the read position
    /// of the main timeline.
    ///
    /// @param mainRead up to where the main timeline is read
    /// @param unthreaded up to where everything is read
    /// @param roots internal numbers of threads that have a receipt of their own
    /// @param rootsRead up to where those threads are read
    List<ThreadRow> countThreads(
            long userNid,
            long roomNid,
            long mainRead,
            long unthreaded,
            long[] roots,
            long[] rootsRead,
            Position to) {
        var sql =
                """
                WITH own AS (
                    SELECT t.root_nid, t.pos, t.notif_seq, t.hl_seq,
                           coalesce(r.read_pos, :unthreaded) AS read_pos,
                           l.sender_nid IS NOT DISTINCT FROM :userNid AS mine, d.pos IS NOT NULL AS gone
                    FROM timeline_thread t
                    JOIN timeline l ON l.room_nid = t.room_nid AND l.pos = t.pos
                    LEFT JOIN unread_redaction d
                      ON d.room_nid = t.room_nid AND d.target_pos = t.pos AND d.pos <= :to
                    LEFT JOIN unnest(:roots, :rootsRead) AS r(root_nid, read_pos)
                      ON r.root_nid = t.root_nid
                    WHERE t.room_nid = :roomNid AND t.pos > least(:mainRead, :unthreaded) AND t.pos <= :to
                ), step AS (
                    SELECT o.*, o.hl_seq - coalesce(
                        (SELECT p.hl_seq FROM timeline_thread p
                         WHERE p.room_nid = :roomNid AND p.root_nid = o.root_nid AND p.pos < o.pos
                         ORDER BY p.pos DESC LIMIT 1), 0) AS highlight
                    FROM own o
                ), counted AS (
                    SELECT root_nid,
                           count(*) FILTER (WHERE pos > read_pos AND NOT mine) AS notifications,
                           coalesce(sum(highlight) FILTER (WHERE pos > read_pos), 0) AS highlights,
                           count(*) FILTER (WHERE pos > :mainRead AND NOT mine) AS behind_main,
                           coalesce(sum(highlight) FILTER (WHERE pos > :mainRead), 0) AS hl_behind_main
                    FROM step WHERE NOT gone GROUP BY root_nid
                ), exceptions AS (
                    SELECT p.root_nid, sum(p.notify) FILTER (WHERE p.pos > coalesce(r.read_pos, :unthreaded)) AS notify,
                           sum(p.highlight) FILTER (WHERE p.pos > coalesce(r.read_pos, :unthreaded)) AS highlight,
                           sum(p.notify) FILTER (WHERE p.pos > :mainRead) AS behind_main,
                           sum(p.highlight) FILTER (WHERE p.pos > :mainRead) AS hl_behind_main
                    FROM push_exception p
                    LEFT JOIN unnest(:roots, :rootsRead) AS r(root_nid, read_pos)
                      ON r.root_nid = p.root_nid
                    WHERE p.user_nid = :userNid AND p.room_nid = :roomNid AND p.root_nid <> 0
                      AND p.pos > least(:mainRead, :unthreaded) AND p.pos <= :to
                      AND NOT EXISTS (
                          SELECT FROM unread_redaction d
                          WHERE d.room_nid = p.room_nid AND d.target_pos = p.pos AND d.pos <= :to)
                    GROUP BY p.root_nid
                )
                SELECT root_nid,
                       coalesce(c.notifications, 0) + coalesce(x.notify, 0) AS notifications,
                       coalesce(c.highlights, 0) + coalesce(x.highlight, 0) AS highlights,
                       coalesce(c.behind_main, 0) + coalesce(x.behind_main, 0) AS behind_main,
                       coalesce(c.hl_behind_main, 0) + coalesce(x.hl_behind_main, 0) AS hl_behind_main
                FROM counted c FULL JOIN exceptions x USING (root_nid)
                LIMIT :limit
                """;
        return jdbc.sql(sql)
                .param("userNid", userNid)
                .param("roomNid", roomNid)
                .param("mainRead", mainRead)
                .param("unthreaded", unthreaded)
                .param("roots", roots)
                .param("rootsRead", rootsRead)
                .param("to", to.value())
                .param("limit", THREADS_MAX)
                .query((row, n) ->
                        new ThreadRow(
                                row.getLong("root_nid"),
                                new Count(row.getInt("notifications"), row.getInt("highlights")),
                                new Count(row.getInt("behind_main"), row.getInt("hl_behind_main"))))
                .list();
    }

    /// @param unread what is unread of the thread
    /// @param behindMain what of the thread lies behind the read position of the main timeline
    record ThreadRow(long rootNid, Count unread, Count behindMain) {}
}
