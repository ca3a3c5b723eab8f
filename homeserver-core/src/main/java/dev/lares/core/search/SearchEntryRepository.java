package dev.lares.core.search;

import dev.lares.core.filter.EventFilter;
import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.Lease;
import dev.lares.core.room.Place;
import dev.lares.core.search.MessageSearch.After;
import dev.lares.core.search.MessageSearch.Criteria;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

@Repository
class SearchEntryRepository {
    /// Of more hits only the most recent are looked at, and count.
    private static final int HITS_MAX = 10_000;

    private final JdbcClient jdbc;

    SearchEntryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// An event of a timeline that changes what is found.
    record Changing(long roomNid, long eventNid, Place place) {}

    /// Those of a batch.
    List<Changing> findOfBatch(AppliedBatch batch, Collection<String> types) {
        var sql =
                """
                SELECT t.room_nid, t.event_nid, t.depth, t.pos
                FROM timeline t
                JOIN event e ON e.room_nid = t.room_nid AND e.event_nid = t.event_nid
                WHERE t.pos > 0 AND t.pos BETWEEN :first AND :last AND t.event_nid <> 0
                  AND e.type = ANY(:types)
                ORDER BY t.pos
                """;
        return jdbc.sql(sql)
                .param("first", batch.first().value())
                .param("last", batch.last().value())
                .param("types", types.toArray(String[]::new))
                .query((row, n) -> changing(row))
                .list();
    }

    /// History of the rooms that is older than what is indexed of it, newest first.
    List<Changing> findHistory(Collection<Long> roomNids, Collection<String> types, int limit) {
        var sql =
                """
                SELECT t.room_nid, t.event_nid, t.depth, t.pos
                FROM unnest(:roomNids::bigint[]) AS r(room_nid)
                CROSS JOIN LATERAL (
                    SELECT least(0, min(s.pos)) AS pos FROM search_entry s
                    WHERE s.room_nid = r.room_nid) known
                JOIN timeline t ON t.room_nid = r.room_nid AND t.pos < coalesce(known.pos, 0)
                JOIN event e ON e.room_nid = t.room_nid AND e.event_nid = t.event_nid
                WHERE t.event_nid <> 0 AND e.type = ANY(:types)
                ORDER BY t.pos DESC
                LIMIT :limit
                """;
        return jdbc.sql(sql)
                .param("roomNids", roomNids.toArray(Long[]::new))
                .param("types", types.toArray(String[]::new))
                .param("limit", limit)
                .query((row, n) -> changing(row))
                .list();
    }

    private static Changing changing(ResultSet row) throws SQLException {
        return new Changing(
                row.getLong("room_nid"),
                row.getLong("event_nid"),
                new Place(row.getLong("depth"), row.getLong("pos")));
    }

    void upsert(List<SearchEntry> entries, Lease lease) {
        var sql =
                """
                INSERT INTO search_entry (event_nid, room_nid, pos, key, sender_nid, ts, tokens)
                SELECT n.event_nid, n.room_nid, n.pos, n.key, n.sender_nid, n.ts, n.tokens::tsvector
                FROM unnest(:eventNids::bigint[], :roomNids::bigint[], :positions::bigint[], :keys::text[],
                            :senders::bigint[], :times::bigint[], :tokens::text[])
                         AS n(event_nid, room_nid, pos, key, sender_nid, ts, tokens)
                WHERE EXISTS (SELECT FROM lease l WHERE l.name = :lease AND l.epoch = :epoch)
                ORDER BY n.event_nid
                ON CONFLICT (event_nid) DO UPDATE SET tokens = excluded.tokens
                """;
        jdbc.sql(sql)
                .param("eventNids", longs(entries, SearchEntry::eventNid))
                .param("roomNids", longs(entries, SearchEntry::roomNid))
                .param("positions", longs(entries, SearchEntry::pos))
                .param("keys", texts(entries, entry -> entry.key().key()))
                .param("senders", longs(entries, SearchEntry::senderNid))
                .param("times", longs(entries, SearchEntry::ts))
                .param("tokens", texts(entries, SearchEntry::tokens))
                .param("lease", lease.name())
                .param("epoch", lease.epoch())
                .update();
    }

    void delete(Collection<Long> eventNids, Lease lease) {
        var sql =
                """
                DELETE FROM search_entry
                WHERE event_nid = ANY(:eventNids)
                  AND EXISTS (SELECT FROM lease l WHERE l.name = :lease AND l.epoch = :epoch)
                """;
        jdbc.sql(sql)
                .param("eventNids", eventNids.toArray(Long[]::new))
                .param("lease", lease.name())
                .param("epoch", lease.epoch())
                .update();
    }

    /// An event that fits.
    ///
    /// @param count how many fit altogether
    record Hit(long eventNid, long roomNid, float rank, long ts, int count) {}

    /// The best first.
    List<Hit> findRanked(Criteria criteria, SearchScope scope, After after, int limit) {
        var sql =
                """
                WITH r AS MATERIALIZED (
                    SELECT r.room_nid, r.until
                    FROM unnest(:roomNids::bigint[], :untils::bigint[]) AS r(room_nid, until)
                    WHERE NOT EXISTS (
                        SELECT FROM state_key k
                        JOIN room_state c ON c.room_nid = k.room_nid AND c.key_nid = k.key_nid
                        WHERE k.room_nid = r.room_nid AND k.type = 'm.room.encryption' AND k.state_key = '')
                ), hit AS MATERIALIZED (
                    SELECT s.event_nid, s.room_nid, s.ts, ts_rank(s.tokens, :words::tsquery, 1) AS rank
                    FROM search_entry s
                    JOIN r ON r.room_nid = s.room_nid AND s.pos <= r.until
                    WHERE s.tokens @@ :query::tsquery AND s.key = ANY(:keys)
                      AND (NOT :someSenders OR s.sender_nid = ANY(
                          ARRAY(SELECT user_nid FROM user_ref WHERE user_id = ANY(:senders))))
                      AND s.sender_nid <> ALL(
                          ARRAY(SELECT user_nid FROM user_ref WHERE user_id = ANY(:notSenders)))
                    ORDER BY s.ts DESC, s.event_nid DESC
                    LIMIT :hitsMax
                )
                SELECT h.event_nid, h.room_nid, h.ts, h.rank, (SELECT count(*) FROM hit) AS hits
                FROM hit h
                WHERE (h.rank, h.ts, h.event_nid) < (:rank::real, :ts, :eventNid)
                ORDER BY h.rank DESC, h.ts DESC, h.event_nid DESC
                LIMIT :limit
                """;
        return query(sql, criteria, scope, after, limit)
                .param("rank", after.rank())
                .query(SearchEntryRepository::hit)
                .list();
    }

    /// The most recent first.
    List<Hit> findRecent(Criteria criteria, SearchScope scope, After after, int limit) {
        var sql =
                """
                WITH r AS MATERIALIZED (
                    SELECT r.room_nid, r.until
                    FROM unnest(:roomNids::bigint[], :untils::bigint[]) AS r(room_nid, until)
                    WHERE NOT EXISTS (
                        SELECT FROM state_key k
                        JOIN room_state c ON c.room_nid = k.room_nid AND c.key_nid = k.key_nid
                        WHERE k.room_nid = r.room_nid AND k.type = 'm.room.encryption' AND k.state_key = '')
                ), hit AS MATERIALIZED (
                    SELECT s.event_nid, s.room_nid, s.ts, ts_rank(s.tokens, :words::tsquery, 1) AS rank
                    FROM search_entry s
                    JOIN r ON r.room_nid = s.room_nid AND s.pos <= r.until
                    WHERE s.tokens @@ :query::tsquery AND s.key = ANY(:keys)
                      AND (NOT :someSenders OR s.sender_nid = ANY(
                          ARRAY(SELECT user_nid FROM user_ref WHERE user_id = ANY(:senders))))
                      AND s.sender_nid <> ALL(
                          ARRAY(SELECT user_nid FROM user_ref WHERE user_id = ANY(:notSenders)))
                    ORDER BY s.ts DESC, s.event_nid DESC
                    LIMIT :hitsMax
                )
                SELECT h.event_nid, h.room_nid, h.ts, h.rank, (SELECT count(*) FROM hit) AS hits
                FROM hit h
                WHERE (h.ts, h.event_nid) < (:ts, :eventNid)
                ORDER BY h.ts DESC, h.event_nid DESC
                LIMIT :limit
                """;
        return query(sql, criteria, scope, after, limit).query(SearchEntryRepository::hit).list();
    }

    private StatementSpec query(
            String sql, Criteria criteria, SearchScope scope, After after, int limit) {
        var filter = criteria.filter();
        return jdbc.sql(sql)
                .param("roomNids", scope.roomNids().toArray(Long[]::new))
                .param("untils", scope.untils().toArray(Long[]::new))
                .param("words", criteria.term().query())
                .param("query", scope.query(criteria.term()))
                .param("keys", criteria.keys().stream().map(SearchKey::key).toArray(String[]::new))
                .param("someSenders", filter.senders().isPresent())
                .param("senders", senders(filter))
                .param("notSenders", filter.notSenders().toArray(String[]::new))
                .param("hitsMax", HITS_MAX)
                .param("ts", after.ts())
                .param("eventNid", after.eventNid())
                .param("limit", limit);
    }

    private static String[] senders(EventFilter filter) {
        return filter.senders().orElse(List.of()).toArray(String[]::new);
    }

    private static Hit hit(ResultSet row, int n) throws SQLException {
        return new Hit(
                row.getLong("event_nid"),
                row.getLong("room_nid"),
                row.getFloat("rank"),
                row.getLong("ts"),
                row.getInt("hits"));
    }

    private static Long[] longs(List<SearchEntry> entries, ToLongFunction<SearchEntry> part) {
        return entries.stream().map(part::applyAsLong).toArray(Long[]::new);
    }

    private static String[] texts(List<SearchEntry> entries, Function<SearchEntry, String> part) {
        return entries.stream().map(part).toArray(String[]::new);
    }
}
