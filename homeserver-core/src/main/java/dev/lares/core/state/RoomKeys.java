package dev.lares.core.state;

import dev.lares.core.event.StateKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Keys of many rooms as the parallel arrays that a statement takes.
record RoomKeys(Long[] rooms, String[] types, String[] stateKeys) {
    static RoomKeys of(Collection<Long> roomNids, Collection<StateKey> keys) {
        var rows = new Rows();
        roomNids.forEach(room -> keys.forEach(key -> rows.add(room, key)));
        return rows.toArrays();
    }

    static RoomKeys of(Map<Long, ? extends Collection<StateKey>> keys) {
        var rows = new Rows();
        keys.forEach((room, wanted) -> wanted.forEach(key -> rows.add(room, key)));
        return rows.toArrays();
    }

    private static final class Rows {
        private final List<Long> rooms = new ArrayList<>();
        private final List<String> types = new ArrayList<>();
        private final List<String> stateKeys = new ArrayList<>();

        void add(long room, StateKey key) {
            rooms.add(room);
            types.add(key.type());
            stateKeys.add(key.stateKey());
        }

        RoomKeys toArrays() {
            return new RoomKeys(
                    rooms.toArray(Long[]::new),
                    types.toArray(String[]::new),
                    stateKeys.toArray(String[]::new));
        }
    }
}
