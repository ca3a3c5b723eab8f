package dev.lares.core.state;

import dev.lares.core.event.StateKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class StateKeyRepository {
    private static final Comparator<StateKey> ORDER =
            Comparator.comparing(StateKey::type).thenComparing(StateKey::stateKey);

    private final JdbcClient jdbc;

    StateKeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Those of the keys that the room has a number for.
    Map<StateKey, Long> find(long roomNid, Collection<StateKey> keys) {
        var sql =
                """
                SELECT k.key_nid, k.type, k.state_key
                FROM unnest(:types, :stateKeys) AS wanted(type, state_key)
                JOIN state_key k
                  ON k.room_nid = :roomNid
                 AND k.type = wanted.type
                 AND k.state_key = wanted.state_key
                """;
        return query(sql, roomNid, keys);
    }

    /// Numbers of keys that are not there yet. The caller holds the room's lock.
    Map<StateKey, Long> insert(long roomNid, Collection<StateKey> keys) {
        var sql =
                """
                INSERT INTO state_key (room_nid, type, state_key)
                SELECT :roomNid, wanted.type, wanted.state_key
                FROM unnest(:types, :stateKeys) AS wanted(type, state_key)
                ON CONFLICT (room_nid, type, state_key) DO NOTHING
                RETURNING key_nid, type, state_key
                """;
        return query(sql, roomNid, keys);
    }

    private Map<StateKey, Long> query(String sql, long roomNid, Collection<StateKey> keys) {
        var sorted = keys.stream().distinct().sorted(ORDER).toList();
        var found = new HashMap<StateKey, Long>();
        jdbc.sql(sql)
                .param("roomNid", roomNid)
                .param("types", sorted.stream().map(StateKey::type).toArray(String[]::new))
                .param("stateKeys", sorted.stream().map(StateKey::stateKey).toArray(String[]::new))
                .query(row -> {
                    var key = new StateKey(row.getString("type"), row.getString("state_key"));
                    found.put(key, row.getLong("key_nid"));
                });
        return found;
    }
}
