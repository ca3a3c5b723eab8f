package dev.lares.client.rooms;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.room.EventRendering;
import dev.lares.core.room.EventVisibility;
import dev.lares.core.room.RoomAccess;
import dev.lares.core.room.RoomAccesses;
import dev.lares.core.room.RoomIds;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.room.TimelineReader;
import dev.lares.core.room.Viewer;
import dev.lares.core.web.Requester;
import java.util.List;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.ObjectNode;

/// Finds single events.
@Service
class EventLookupService {
    private final RoomRefs rooms;
    private final RoomAccesses accesses;
    private final TimelineReader timelines;
    private final EventVisibility visibility;
    private final EventRendering rendering;

    EventLookupService(
            RoomRefs rooms,
            RoomAccesses accesses,
            TimelineReader timelines,
            EventVisibility visibility,
            EventRendering rendering) {
        this.rooms = rooms;
        this.accesses = accesses;
        this.timelines = timelines;
        this.visibility = visibility;
        this.rendering = rendering;
    }

    /// `M_NOT_FOUND` for an event that is not there, is another room's, or is not for the user.
    ObjectNode get(Requester requester, RoomId roomId, EventId eventId) {
        var room = rooms.find(roomId).orElseThrow(EventLookupService::notFound);
        if (accesses.of(room, requester.userNid()) instanceof RoomAccess.Stranger) {
            throw notFound();
        }
        var viewer = Viewer.of(requester);
        var row = timelines.find(room, eventId).orElseThrow(EventLookupService::notFound);
        var seen = visibility.filter(room, viewer, List.of(row));
        return rendering.render(room, viewer, seen, RoomIds.INCLUDE).stream()
                .findFirst()
                .orElseThrow(EventLookupService::notFound);
    }

    private static MatrixException notFound() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "Event not found");
    }
}
