package dev.lares.core.profile;

import dev.lares.core.log.Position;
import java.util.LinkedHashMap;
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
