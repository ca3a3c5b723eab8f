package dev.lares.core.append;

import dev.lares.core.append.LaneRepository.BodyRow;
import dev.lares.core.event.Pdu;
import dev.lares.core.room.RoomRef;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Bodies of events for the background lane, from what the writer remembers where it does.
@Component
class LaneEvents {
    private final RoomMemories memories;
    private final LaneRepository repository;

    LaneEvents(RoomMemories memories, LaneRepository repository) {
        this.memories = memories;
        this.repository = repository;
    }

    /// Those of the events that are here, by number.
    Map<Long, Pdu> find(RoomRef room, Collection<Long> eventNids) {
        var found = new HashMap<Long, Pdu>();
        var missing = new HashSet<Long>();
        for (long nid : eventNids) {
            memories.findEvent(nid)
                    .ifPresentOrElse(event -> found.put(nid, event), () -> missing.add(nid));
        }
        if (!missing.isEmpty()) {
            for (BodyRow body : repository.findBodies(room, missing)) {
                found.put(body.eventNid(), body.pdu());
            }
        }
        return found;
    }
}
