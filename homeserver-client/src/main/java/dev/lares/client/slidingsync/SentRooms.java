package dev.lares.client.slidingsync;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a client was told on a connection. A room in which nothing happened that the client was not
/// told of stays as it is, so that most answers change nothing here.
///
/// @param rooms by their internal numbers; the others were never told
/// @param global whether the client has the global account data
record SentRooms(Map<Long, SentRoom> rooms, Global global) {
    static final SentRooms NONE = new SentRooms(Map.of(), Global.MISSING);

    enum Global {
        /// Up to the position of the token.
        TOLD,
        MISSING
    }

    private static final int OVERHEAD_BYTES = 200;
    private static final int ROOM_BYTES = 120;

    SentRooms {
        rooms = Map.copyOf(rooms);
    }

    Optional<SentRoom> find(long roomNid) {
        return Optional.ofNullable(rooms.get(roomNid));
    }

    Map<Long, SentRoom> copy() {
        return new HashMap<>(rooms);
    }

    int sizeBytes() {
        return OVERHEAD_BYTES + rooms.size() * ROOM_BYTES;
    }
}
