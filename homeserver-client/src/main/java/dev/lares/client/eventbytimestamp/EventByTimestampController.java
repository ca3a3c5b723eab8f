package dev.lares.client.eventbytimestamp;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// [Jumping to a
/// date](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidtimestamp_to_event),
/// among the events that this server has.
@RestController
class EventByTimestampController {
    private final EventByTimestampService events;

    EventByTimestampController(EventByTimestampService events) {
        this.events = events;
    }

    /// `GET /_matrix/client/v1/rooms/{roomId}/timestamp_to_event`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidtimestamp_to_event)):
    /// `ts` in milliseconds since 1970; only events that the user may see.
    @SpecEndpoint(operationId = "getEventByTimestamp", auth = ACCESS_TOKEN, rateLimited = true)
    @GetMapping("/_matrix/client/v1/rooms/{roomId}/timestamp_to_event")
    EventByTimestampResponse getEventByTimestamp(
            Requester requester,
            @PathVariable RoomId roomId,
            @RequestParam long ts,
            @RequestParam String dir) {
        return events.find(requester, roomId, ts, dir);
    }

    /// `GET /_matrix/client/unstable/org.matrix.msc3030/rooms/{roomId}/timestamp_to_event`, the
    /// same.
    @SpecEndpoint(
            operationId = "getEventByTimestampUnstable",
            auth = ACCESS_TOKEN,
            rateLimited = true,
            msc = "MSC3030")
    @GetMapping("/_matrix/client/unstable/org.matrix.msc3030/rooms/{roomId}/timestamp_to_event")
    EventByTimestampResponse getEventByTimestampUnstable(
            Requester requester,
            @PathVariable RoomId roomId,
            @RequestParam long ts,
            @RequestParam String dir) {
        return events.find(requester, roomId, ts, dir);
    }

    record EventByTimestampResponse(EventId eventId, long originServerTs) {}
}
