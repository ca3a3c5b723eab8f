package dev.lares.client.oldsync;

import dev.lares.client.rooms.EventLookupService;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.EventId;
import dev.lares.core.json.RawJson;
import dev.lares.core.room.EventReader;
import dev.lares.core.web.Requester;
import org.springframework.stereotype.Service;

/// Finds events of which nobody says which room they are of.
@Service
class SingleEventService {
    private final EventReader events;
    private final EventLookupService lookup;

    SingleEventService(EventReader events, EventLookupService lookup) {
        this.events = events;
        this.lookup = lookup;
    }

    /// `M_NOT_FOUND` for an event that is not there or not for the user.
    RawJson get(Requester requester, EventId eventId) {
        var roomId =
                events.findRoom(eventId)
                        .orElseThrow(() ->
                                new MatrixException(ErrorCode.M_NOT_FOUND, "Event not found"));
        return lookup.get(requester, roomId, eventId);
    }
}
