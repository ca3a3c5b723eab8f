package dev.lares.core.room;

import dev.lares.core.event.StateKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class StatePlaceRepository {
    private final JdbcClient jdbc;

    StatePlaceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The internal numbers of places in a room's state; one that never had an event is missing.
    Map<StateKey, Long> find(long roomNid, Collection<StateKey> keys) {
        var sql =
                """
                SELECT k.key_nid, k.type, k.state_key
                FROM unnest(:types::text[], :stateKeys::text[]) AS q(type, state_key)
                JOIN state_key k
                  ON k.room_nid = :roomNid AND k.type = q.type AND k.state_key = q.state_key
                """;
        var found = new HashMap<StateKey, Long>();
        jdbc.sql(sql)
                .param("roomNid", roomNid)
                .param("types", keys.stream().map(StateKey::type).toArray(String[]::new))
                .param("stateKeys", keys.stream().map(StateKey::stateKey).toArray(String[]::new))
                .query(row -> {
                    var key = new StateKey(row.getString("type"), row.getString("state_key"));
                    found.put(key, row.getLong("key_nid"));
                });
        return found;
    }
}
