package dev.lares.core.append;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lares.core.event.Pdu;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Rooms and state events that the writer has met lately, bounded by bytes. Rooms hold only what
/// was committed: a batch works on values of its own and puts them here when it is through.
@Component
class RoomMemories {
    private static final long ROOM_BYTES_MAX = 64L << 20;
    private static final long EVENT_BYTES_MAX = 64L << 20;

    /// A parsed tree takes several times its text.
    private static final int EVENT_BYTES_FACTOR = 6;

    private final Cache<Long, RoomMemory> rooms =
            Caffeine.newBuilder()
                    .maximumWeight(ROOM_BYTES_MAX)
                    .weigher((Long nid, RoomMemory room) -> room.weightBytes())
                    .recordStats()
                    .build();
    private final Cache<Long, Pdu> stateEvents =
            Caffeine.newBuilder()
                    .maximumWeight(EVENT_BYTES_MAX)
                    .weigher((Long nid, Pdu event) ->
                            512 + EVENT_BYTES_FACTOR * event.json().sizeBytes())
                    .recordStats()
                    .build();

    RoomMemories(MeterRegistry meters) {
        CaffeineCacheMetrics.monitor(meters, rooms, "lares.writer.rooms");
        CaffeineCacheMetrics.monitor(meters, stateEvents, "lares.writer.state.events");
    }

    Optional<RoomMemory> find(long roomNid) {
        return Optional.ofNullable(rooms.getIfPresent(roomNid));
    }

    Optional<Pdu> findEvent(long eventNid) {
        return Optional.ofNullable(stateEvents.getIfPresent(eventNid));
    }

    void put(RoomMemory room) {
        rooms.put(room.room().roomNid(), room);
    }

    void putEvents(Map<Long, Pdu> events) {
        stateEvents.putAll(events);
    }

    void forget(Collection<Long> roomNids) {
        rooms.invalidateAll(roomNids);
    }

    /// The database may have lost what is remembered. Events keep their numbers only while nothing
    /// was lost, so they go too.
    void forgetAll() {
        rooms.invalidateAll();
        stateEvents.invalidateAll();
    }
}
