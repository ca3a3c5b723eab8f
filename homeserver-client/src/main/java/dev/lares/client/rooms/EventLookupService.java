package dev.lares.client.rooms;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventShape;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.json.RawJson;
import dev.lares.core.relations.BundledRendering;
import dev.lares.core.room.EventVisibility;
import dev.lares.core.room.RoomAccess;
import dev.lares.core.room.RoomAccesses;
import dev.lares.core.room.RoomAccesses.ReadableRoom;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.room.TimelineReader;
import dev.lares.core.room.Viewer;
import dev.lares.core.web.Requester;
import java.util.List;
import org.springframework.stereotype.Service;

/// Finds single events.
@Service
public class EventLookupService {
    private final RoomRefs rooms;
    private final RoomAccesses accesses;
    private final TimelineReader timelines;
    private final EventVisibility visibility;
    private final BundledRendering rendering;

    EventLookupService(
            RoomRefs rooms,
            RoomAccesses accesses,
            TimelineReader timelines,
            EventVisibility visibility,
            BundledRendering rendering) {
        this.rooms = rooms;
        this.accesses = accesses;
        this.timelines = timelines;
        this.visibility = visibility;
        this.rendering = rendering;
    }

    /// `M_NOT_FOUND` for an event that is not there, is another room's, or is not for the user.
    public RawJson get(Requester requester, RoomId roomId, EventId eventId) {
        var room = rooms.find(roomId).orElseThrow(EventLookupService::notFound);
        var access = accesses.of(room, requester.userNid());
        if (access instanceof RoomAccess.Stranger) {
            throw notFound();
        }
        var viewer = Viewer.of(requester);
        var row = timelines.find(room, eventId).orElseThrow(EventLookupService::notFound);
        var seen = visibility.filter(room, viewer, List.of(row));
        return rendering
                .render(new ReadableRoom(room, access), viewer, seen, EventShape.WITH_ROOM_ID)
                .stream()
                .findFirst()
                .map(RawJson::new)
                .orElseThrow(EventLookupService::notFound);
    }

    private static MatrixException notFound() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "Event not found");
    }
}
