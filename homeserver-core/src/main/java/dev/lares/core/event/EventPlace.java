package dev.lares.core.event;

import dev.lares.core.id.RoomId;
import java.util.List;
import java.util.Optional;

/// Where in a room's graph a new event goes.
///
/// @param roomId absent only for the create event of a room whose ID comes from that event (v12)
/// @param depth one more than the greatest depth of `prevEvents`; the builder caps it at what the
///   room version can write
/// @param nowMillis `origin_server_ts` where the draft has none of its own
public record EventPlace(
        Optional<RoomId> roomId,
        List<EventEdge> prevEvents,
        List<EventEdge> authEvents,
        long depth,
        long nowMillis) {
    public EventPlace {
        prevEvents = List.copyOf(prevEvents);
        authEvents = List.copyOf(authEvents);
    }
}
