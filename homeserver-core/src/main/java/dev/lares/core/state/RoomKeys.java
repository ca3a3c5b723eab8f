package dev.lares.core.state;

import dev.lares.core.event.StateKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/// Keys of many rooms, as the parallel arrays that a statement takes.
final class RoomKeys {
    private final List<Long> rooms = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private final List<String> stateKeys = new ArrayList<>();

    static RoomKeys of(Collection<Long> roomNids, Collection<StateKey> keys) {
        var rows = new RoomKeys();
        roomNids.forEach(room -> keys.forEach(key -> rows.add(room, key)));
        return rows;
    }

    static RoomKeys of(Map<Long, ? extends Collection<StateKey>> keys) {
        var rows = new RoomKeys();
        keys.forEach((room, wanted) -> wanted.forEach(key -> rows.add(room, key)));
        return rows;
    }

    private void add(long room, StateKey key) {
        rooms.add(room);
        types.add(key.type());
        stateKeys.add(key.stateKey());
    }

    StatementSpec bind(StatementSpec statement) {
        return statement
                .param("keyRooms", rooms.toArray(Long[]::new))
                .param("types", types.toArray(String[]::new))
                .param("stateKeys", stateKeys.toArray(String[]::new));
    }
}
