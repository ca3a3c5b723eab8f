package dev.lares.core.profile;

import dev.lares.core.id.UserId;
import dev.lares.core.log.Position;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ProfileRepository {
    private final JdbcClient jdbc;

    ProfileRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The JSON of each field by its key.
    Map<String, String> findAll(long userNid) {
        var sql =
                """
                SELECT key, value FROM profile_field
                WHERE user_nid = :userNid AND value IS NOT NULL
                ORDER BY key
                """;
        var fields = new LinkedHashMap<String, String>();
        jdbc.sql(sql)
                .param("userNid", userNid)
                .query(row -> {
                    fields.put(row.getString("key"), row.getString("value"));
                });
        return fields;
    }

    Optional<String> find(long userNid, ProfileField field) {
        var sql =
                """
                SELECT value FROM profile_field
                WHERE user_nid = :userNid AND key = :key AND value IS NOT NULL
                """;
        return jdbc.sql(sql)
                .param("userNid", userNid)
                .param("key", field.key())
                .query(String.class)
                .optional();
    }

    /// Those of the users whose name or avatar was last changed between two positions, both
    /// included.
    List<ProfilePropagation.Change> findShownChanges(
            Collection<Long> userNids, Position first, Position last) {
        var sql =
                """
                SELECT f.user_nid, u.user_id, max(f.pos) AS pos
                FROM profile_field f
                JOIN user_ref u ON u.user_nid = f.user_nid
                WHERE f.user_nid = ANY(:userNids) AND f.key IN ('displayname', 'avatar_url')
                  AND f.pos BETWEEN :first AND :last
                GROUP BY f.user_nid, u.user_id
                ORDER BY pos
                """;
        return jdbc.sql(sql)
                .param("userNids", userNids.toArray(Long[]::new))
                .param("first", first.value())
                .param("last", last.value())
                .query((row, n) ->
                        new ProfilePropagation.Change(
                                new UserId(row.getString("user_id")),
                                row.getLong("user_nid"),
                                new Position(row.getLong("pos"))))
                .list();
    }

    /// Whether the field was last changed at or after the position.
    boolean changedSince(long userNid, ProfileField field, Position position) {
        var sql =
                """
                SELECT EXISTS (
                    SELECT FROM profile_field
                    WHERE user_nid = :userNid AND key = :key AND pos >= :pos)
                """;
        return jdbc.sql(sql)
                .param("userNid", userNid)
                .param("key", field.key())
                .param("pos", position.value())
                .query(Boolean.class)
                .single();
    }
}
