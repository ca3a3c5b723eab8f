package dev.lares.client.userdirectory;

import dev.lares.core.id.UserId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Users and the words that they are found by.
@Repository
class UserDirectoryRepository {
    /// Behind every word that begins alike.
    private static final String LAST = new String(Character.toChars(Character.MAX_CODE_POINT));

    private final JdbcClient jdbc;

    UserDirectoryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void put(
            long userNid,
            Optional<String> displayName,
            Optional<String> avatarUrl,
            Collection<String> words) {
        var sql =
                """
                WITH gone AS (
                    DELETE FROM directory_word
                    WHERE user_nid = :userNid AND word <> ALL(:words::text[])
                ), named AS (
                    INSERT INTO directory_word (word, user_nid)
                    SELECT word, :userNid FROM unnest(:words::text[]) AS w(word)
                    ON CONFLICT DO NOTHING
                )
                INSERT INTO directory_user (user_nid, display_name, avatar_url)
                VALUES (:userNid, :displayName, :avatarUrl)
                ON CONFLICT (user_nid) DO UPDATE
                    SET display_name = excluded.display_name, avatar_url = excluded.avatar_url
                """;
        jdbc.sql(sql)
                .param("userNid", userNid)
                .param("displayName", displayName.orElse(null))
                .param("avatarUrl", avatarUrl.orElse(null))
                .param("words", words.toArray(String[]::new))
                .update();
    }

    void delete(long userNid) {
        var sql =
                """
                WITH gone AS (DELETE FROM directory_word WHERE user_nid = :userNid)
                DELETE FROM directory_user WHERE user_nid = :userNid
                """;
        jdbc.sql(sql).param("userNid", userNid).update();
    }

    /// Users with a living account that are not in the directory yet.
    List<Long> findMissing(int limit) {
        var sql =
                """
                SELECT a.user_nid FROM account a
                WHERE a.deactivated_ts IS NULL AND NOT a.guest
                  AND NOT EXISTS (SELECT FROM directory_user d WHERE d.user_nid = a.user_nid)
                ORDER BY a.user_nid
                LIMIT :limit
                """;
        return jdbc.sql(sql)
                .param("limit", limit)
                .query((row, n) -> row.getLong("user_nid"))
                .list();
    }

    /// Who is found, the best first: whose name or ID it is, whose begins with it, and then those
    /// who have words that begin with each of these; those with a name before the others.
    ///
    /// @param whole all that is searched for
    /// @param words its words, at least one
    /// @param except is not found
    List<DirectoryEntry> search(
            String whole, List<String> words, long except, Locked locked, int limit, int offset) {
        var sql =
                """
                SELECT d.user_nid, u.user_id, d.display_name, d.avatar_url
                FROM (SELECT h.user_nid, min(h.rank) AS rank
                      FROM (SELECT w.user_nid, CASE WHEN w.word = :whole THEN 0 ELSE 1 END AS rank
                            FROM directory_word w
                            WHERE w.word >= :whole AND w.word < :wholeEnd
                            UNION ALL
                            SELECT f.user_nid, 2
                            FROM directory_word f
                            WHERE f.word >= :first AND f.word < :firstEnd
                              AND NOT EXISTS (
                                  SELECT FROM unnest(:starts::text[], :ends::text[]) AS t(low, high)
                                  WHERE NOT EXISTS (
                                      SELECT FROM directory_word w
                                      WHERE w.user_nid = f.user_nid
                                        AND w.word >= t.low AND w.word < t.high))) h
                      GROUP BY h.user_nid) r
                JOIN directory_user d ON d.user_nid = r.user_nid
                JOIN account a ON a.user_nid = r.user_nid
                JOIN user_ref u ON u.user_nid = r.user_nid
                WHERE d.user_nid <> :except AND (:showLocked OR NOT a.locked)
                ORDER BY r.rank, d.display_name IS NULL, u.user_id
                LIMIT :limit OFFSET :offset
                """;
        return jdbc.sql(sql)
                .param("whole", whole)
                .param("wholeEnd", whole + LAST)
                .param("first", words.getFirst())
                .param("firstEnd", words.getFirst() + LAST)
                .param("starts", words.toArray(String[]::new))
                .param("ends", words.stream().map(word -> word + LAST).toArray(String[]::new))
                .param("except", except)
                .param("showLocked", locked == Locked.SHOWN)
                .param("limit", limit)
                .param("offset", offset)
                .query((row, n) ->
                        new DirectoryEntry(
                                row.getLong("user_nid"),
                                new UserId(row.getString("user_id")),
                                Optional.ofNullable(row.getString("display_name")),
                                Optional.ofNullable(row.getString("avatar_url"))))
                .list();
    }

    /// Whether users are found whose account is locked.
    enum Locked {
        SHOWN,
        HIDDEN
    }

    /// Those of the users who are now in one of the rooms, or in one that is open.
    Set<Long> findVisible(Collection<Long> userNids, Collection<Long> roomNids) {
        var sql =
                """
                SELECT c.user_nid
                FROM unnest(:userNids) AS c(user_nid)
                WHERE EXISTS (
                    SELECT FROM (SELECT DISTINCT ON (m.room_nid) m.room_nid, m.membership
                                 FROM membership m WHERE m.user_nid = c.user_nid
                                 ORDER BY m.room_nid, m.pos DESC) n
                    WHERE n.membership = 'join'
                      AND (n.room_nid = ANY(:roomNids)
                           OR EXISTS (SELECT FROM directory_room d
                                      WHERE d.room_nid = n.room_nid AND d.open)))
                """;
        return new HashSet<>(
                jdbc.sql(sql)
                        .param("userNids", userNids.toArray(Long[]::new))
                        .param("roomNids", roomNids.toArray(Long[]::new))
                        .query((row, n) -> row.getLong("user_nid"))
                        .list());
    }
}
