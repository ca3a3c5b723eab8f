package dev.lares.core.alias;

import dev.lares.core.id.RoomAlias;
import dev.lares.core.id.RoomId;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class RoomAliasRepository {
    private final JdbcClient jdbc;

    RoomAliasRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<AliasRow> find(RoomAlias alias) {
        var sql =
                """
                SELECT room_id, creator_nid
                FROM room_alias
                WHERE alias = :alias AND room_id IS NOT NULL
                """;
        return jdbc.sql(sql)
                .param("alias", alias.value())
                .query((row, n) ->
                        new AliasRow(
                                new RoomId(row.getString("room_id")), row.getLong("creator_nid")))
                .optional();
    }

    List<RoomAlias> findOfRoom(RoomId roomId, int limit) {
        var sql =
                """
                SELECT alias
                FROM room_alias
                WHERE room_id = :roomId
                ORDER BY alias
                LIMIT :limit
                """;
        return jdbc.sql(sql)
                .param("roomId", roomId.value())
                .param("limit", limit)
                .query((row, n) -> new RoomAlias(row.getString("alias")))
                .list();
    }

    /// Returns false when the alias is taken or reserved.
    boolean insertIfAbsent(RoomAlias alias, RoomId roomId, long creatorNid, long now) {
        var sql =
                """
                INSERT INTO room_alias (alias, room_id, creator_nid, created_ts)
                VALUES (:alias, :roomId, :creatorNid, :now)
                ON CONFLICT (alias) DO UPDATE
                    SET room_id = excluded.room_id, creator_nid = excluded.creator_nid,
                        created_ts = excluded.created_ts, reserved_until = NULL
                    WHERE room_alias.reserved_until < :now
                """;
        return jdbc.sql(sql)
                        .param("alias", alias.value())
                        .param("roomId", roomId.value())
                        .param("creatorNid", creatorNid)
                        .param("now", now)
                        .update()
                == 1;
    }

    /// Returns false when the alias is taken or reserved.
    boolean reserve(RoomAlias alias, long creatorNid, long now, long until) {
        var sql =
                """
                INSERT INTO room_alias (alias, creator_nid, created_ts, reserved_until)
                VALUES (:alias, :creatorNid, :now, :until)
                ON CONFLICT (alias) DO UPDATE
                    SET creator_nid = excluded.creator_nid, created_ts = excluded.created_ts,
                        reserved_until = excluded.reserved_until
                    WHERE room_alias.reserved_until < :now
                """;
        return jdbc.sql(sql)
                        .param("alias", alias.value())
                        .param("creatorNid", creatorNid)
                        .param("now", now)
                        .param("until", until)
                        .update()
                == 1;
    }

    /// Turns a reservation into an alias. Returns false when it ran out and somebody else took it.
    boolean bind(RoomAlias alias, RoomId roomId, long creatorNid, long until) {
        var sql =
                """
                UPDATE room_alias
                SET room_id = :roomId, reserved_until = NULL
                WHERE alias = :alias AND creator_nid = :creatorNid AND reserved_until = :until
                """;
        return jdbc.sql(sql)
                        .param("alias", alias.value())
                        .param("roomId", roomId.value())
                        .param("creatorNid", creatorNid)
                        .param("until", until)
                        .update()
                == 1;
    }

    void release(RoomAlias alias, long creatorNid, long until) {
        var sql =
                """
                DELETE FROM room_alias
                WHERE alias = :alias AND creator_nid = :creatorNid AND reserved_until = :until
                """;
        jdbc.sql(sql)
                .param("alias", alias.value())
                .param("creatorNid", creatorNid)
                .param("until", until)
                .update();
    }

    /// Returns false when the alias was not there, or pointed elsewhere.
    boolean delete(RoomAlias alias, RoomId roomId) {
        var sql = "DELETE FROM room_alias WHERE alias = :alias AND room_id = :roomId";
        return jdbc.sql(sql).param("alias", alias.value()).param("roomId", roomId.value()).update()
                == 1;
    }

    record AliasRow(RoomId roomId, long creatorNid) {}
}
