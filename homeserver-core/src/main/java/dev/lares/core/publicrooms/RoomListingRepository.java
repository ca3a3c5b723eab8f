package dev.lares.core.publicrooms;

import dev.lares.core.id.RoomAlias;
import dev.lares.core.id.RoomId;
import dev.lares.core.log.Position;
import dev.lares.core.roompreview.RoomPreview;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

@Repository
class RoomListingRepository {
    private final JdbcClient jdbc;

    RoomListingRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Those of the rooms that a directory shows.
    List<Long> findListed(Collection<Long> roomNids) {
        var sql =
                """
                SELECT DISTINCT room_nid
                FROM published_room
                WHERE room_nid = ANY(:roomNids)
                """;
        return jdbc.sql(sql)
                .param("roomNids", roomNids.toArray(Long[]::new))
                .query((row, n) -> row.getLong("room_nid"))
                .list();
    }

    /// Published rooms of which nothing is written yet.
    List<Long> findUnlisted(int limit) {
        var sql =
                """
                SELECT DISTINCT p.room_nid
                FROM published_room p
                WHERE NOT EXISTS (SELECT FROM room_listing l WHERE l.room_nid = p.room_nid)
                LIMIT :limit
                """;
        return jdbc.sql(sql)
                .param("limit", limit)
                .query((row, n) -> row.getLong("room_nid"))
                .list();
    }

    /// Writes what a room shows, unless something newer is written already.
    ///
    /// @param at since when at the latest it shows that; its members are counted as of then, which
    ///   matters where the room is new
    void upsert(RoomPreview preview, Position at) {
        var sql =
                """
                INSERT INTO room_listing (
                    room_nid, counted_pos, described_pos, joined, listable, name, topic, canonical_alias,
                    avatar_url, join_rule, world_readable, guest_can_join, room_type, search_text)
                VALUES (:roomNid, :at, :at, :joined, :listable, :name, :topic, :alias,
                    :avatarUrl, :joinRule, :worldReadable, :guestCanJoin, :roomType, :searchText)
                ON CONFLICT (room_nid) DO UPDATE SET
                    described_pos = excluded.described_pos, listable = excluded.listable,
                    name = excluded.name, topic = excluded.topic,
                    canonical_alias = excluded.canonical_alias, avatar_url = excluded.avatar_url,
                    join_rule = excluded.join_rule, world_readable = excluded.world_readable,
                    guest_can_join = excluded.guest_can_join, room_type = excluded.room_type,
                    search_text = excluded.search_text
                WHERE room_listing.described_pos <= excluded.described_pos
                """;
        jdbc.sql(sql)
                .param("roomNid", preview.room().roomNid())
                .param("at", at.value())
                .param("joined", preview.joinedMembers())
                .param("listable", preview.isOpen())
                .param("name", storable(preview.name()))
                .param("topic", storable(preview.topic()))
                .param("alias", storable(preview.canonicalAlias().map(RoomAlias::value)))
                .param("avatarUrl", storable(preview.avatarUrl()))
                .param("joinRule", preview.joinRule().value())
                .param("worldReadable", preview.isWorldReadable())
                .param("guestCanJoin", preview.guestsMayJoin())
                .param("roomType", storable(preview.roomType()))
                .param("searchText", SearchText.of(preview))
                .update();
    }

    /// Adds to the counts who came since and takes off who went. A change counts once, however
    /// often this is called.
    void recount(Collection<Long> roomNids, Position to) {
        var sql =
                """
                UPDATE room_listing l
                SET joined = l.joined + c.change, counted_pos = :to
                FROM (
                    SELECT o.room_nid, o.counted_pos,
                           coalesce(sum((m.membership = 'join')::int
                                        - coalesce(before.membership = 'join', false)::int), 0) AS change
                    FROM room_listing o
                    LEFT JOIN membership m
                        ON m.room_nid = o.room_nid AND m.pos > o.counted_pos AND m.pos <= :to
                    LEFT JOIN LATERAL (
                        SELECT x.membership FROM membership x
                        WHERE x.user_nid = m.user_nid AND x.room_nid = m.room_nid AND x.pos < m.pos
                        ORDER BY x.pos DESC LIMIT 1) before ON true
                    WHERE o.room_nid = ANY(:roomNids) AND o.counted_pos < :to
                    GROUP BY o.room_nid, o.counted_pos) c
                WHERE l.room_nid = c.room_nid AND l.counted_pos = c.counted_pos
                """;
        jdbc.sql(sql)
                .param("roomNids", roomNids.toArray(Long[]::new))
                .param("to", to.value())
                .update();
    }

    void deleteUnpublished(long roomNid) {
        var sql =
                """
                DELETE FROM room_listing l
                WHERE l.room_nid = :roomNid
                  AND NOT EXISTS (SELECT FROM published_room p WHERE p.room_nid = l.room_nid)
                """;
        jdbc.sql(sql).param("roomNid", roomNid).update();
    }

    /// The rooms behind a place, those with the most members first.
    List<RoomListing> findAfter(PublicRoomQuery query, PublicRoomsToken place, int limit) {
        var sql =
                """
                SELECT l.room_nid, r.room_id, l.joined, l.name, l.topic, l.canonical_alias,
                       l.avatar_url, l.join_rule, l.world_readable, l.guest_can_join, l.room_type
                FROM published_room p
                JOIN room_listing l ON l.room_nid = p.room_nid
                JOIN room r ON r.room_nid = l.room_nid
                WHERE p.domain = :domain AND l.listable AND l.joined > 0
                  AND (:anyType OR l.room_type = ANY(:types) OR (:untyped AND l.room_type IS NULL))
                  AND strpos(l.search_text, :term) > 0
                  AND (l.joined < :joined OR (l.joined = :joined AND l.room_nid > :roomNid))
                ORDER BY l.joined DESC, l.room_nid
                LIMIT :limit
                """;
        return page(jdbc.sql(sql), query, place, limit);
    }

    /// The rooms before a place, those nearest to it first.
    List<RoomListing> findBefore(PublicRoomQuery query, PublicRoomsToken place, int limit) {
        var sql =
                """
                SELECT l.room_nid, r.room_id, l.joined, l.name, l.topic, l.canonical_alias,
                       l.avatar_url, l.join_rule, l.world_readable, l.guest_can_join, l.room_type
                FROM published_room p
                JOIN room_listing l ON l.room_nid = p.room_nid
                JOIN room r ON r.room_nid = l.room_nid
                WHERE p.domain = :domain AND l.listable AND l.joined > 0
                  AND (:anyType OR l.room_type = ANY(:types) OR (:untyped AND l.room_type IS NULL))
                  AND strpos(l.search_text, :term) > 0
                  AND (l.joined > :joined OR (l.joined = :joined AND l.room_nid < :roomNid))
                ORDER BY l.joined, l.room_nid DESC
                LIMIT :limit
                """;
        return page(jdbc.sql(sql), query, place, limit);
    }

    int count(PublicRoomQuery query) {
        var sql =
                """
                SELECT count(*) AS rooms
                FROM published_room p
                JOIN room_listing l ON l.room_nid = p.room_nid
                WHERE p.domain = :domain AND l.listable AND l.joined > 0
                  AND (:anyType OR l.room_type = ANY(:types) OR (:untyped AND l.room_type IS NULL))
                  AND strpos(l.search_text, :term) > 0
                """;
        return filtered(jdbc.sql(sql), query).query((row, n) -> row.getInt("rooms")).single();
    }

    private static List<RoomListing> page(
            StatementSpec statement, PublicRoomQuery query, PublicRoomsToken place, int limit) {
        return filtered(statement, query)
                .param("joined", place.joined())
                .param("roomNid", place.roomNid())
                .param("limit", limit)
                .query((row, n) -> map(row))
                .list();
    }

    private static StatementSpec filtered(StatementSpec statement, PublicRoomQuery query) {
        var types = query.roomTypes();
        return statement
                .param("domain", query.domain().value())
                .param("anyType", types.isEmpty())
                .param(
                        "types",
                        types.stream()
                                .flatMap(of -> of.named().stream())
                                .map(SearchText::storable)
                                .toArray(String[]::new))
                .param("untyped", types.filter(PublicRoomQuery.RoomTypes::untyped).isPresent())
                .param("term", SearchText.of(query.searchTerm().orElse("")));
    }

    private static @Nullable String storable(Optional<String> text) {
        return text.map(SearchText::storable).orElse(null);
    }

    private static RoomListing map(ResultSet row) throws SQLException {
        return new RoomListing(
                row.getLong("room_nid"),
                new RoomId(row.getString("room_id")),
                row.getInt("joined"),
                Optional.ofNullable(row.getString("name")),
                Optional.ofNullable(row.getString("topic")),
                Optional.ofNullable(row.getString("canonical_alias")),
                Optional.ofNullable(row.getString("avatar_url")),
                row.getString("join_rule"),
                row.getBoolean("world_readable"),
                row.getBoolean("guest_can_join"),
                Optional.ofNullable(row.getString("room_type")));
    }
}
