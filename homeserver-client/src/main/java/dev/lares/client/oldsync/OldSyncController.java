package dev.lares.client.oldsync;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;
import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.json.RawJson;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The event stream of the first version of the specification, deprecated since r0, and [peeking
/// into rooms](https://spec.matrix.org/v1.19/client-server-api/#room-previews).
@RestController
class OldSyncController {
    private final EventStreamService events;
    private final InitialSyncService initialSyncs;
    private final SingleEventService singleEvents;

    OldSyncController(
            EventStreamService events,
            InitialSyncService initialSyncs,
            SingleEventService singleEvents) {
        this.events = events;
        this.initialSyncs = initialSyncs;
        this.singleEvents = singleEvents;
    }

    /// `GET /_matrix/client/v3/events`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3events)): of all
    /// rooms that the user is in, or, with `room_id`, of one room, which need only be readable for
    /// the world. Waits at most a minute; at most 100 events.
    @SpecEndpoint(operationId = "getEvents", auth = GUEST_TOKEN, rateLimited = false)
    @GetMapping({"/_matrix/client/v3/events", "/_matrix/client/r0/events"})
    EventsResponse getEvents(
            Requester requester,
            @RequestParam Optional<String> from,
            @RequestParam Optional<Long> timeout,
            @RequestParam(name = "room_id") Optional<RoomId> roomId) {
        if (timeout.filter(millis -> millis < 0).isPresent()) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "'timeout' is not negative");
        }
        return events.read(requester, roomId, from, timeout.map(Duration::ofMillis));
    }

    /// `GET /_matrix/client/v3/events/{eventId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3eventseventid)):
    /// `M_NOT_FOUND` also for what the user may not see.
    @SpecEndpoint(operationId = "getOneEvent", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping({"/_matrix/client/v3/events/{eventId}", "/_matrix/client/r0/events/{eventId}"})
    RawJson getOneEvent(Requester requester, @PathVariable EventId eventId) {
        return singleEvents.get(requester, eventId);
    }

    /// `GET /_matrix/client/v3/initialSync`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3initialsync)): at
    /// most 100 events of each room. `M_RESOURCE_LIMIT_EXCEEDED` for more than 32 MB, which `/sync`
    /// has to be used for.
    @SpecEndpoint(operationId = "initialSync", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping({"/_matrix/client/v3/initialSync", "/_matrix/client/r0/initialSync"})
    InitialSyncResponse initialSync(
            Requester requester,
            @RequestParam Optional<Integer> limit,
            @RequestParam Optional<Boolean> archived) {
        return initialSyncs.all(
                requester,
                limit,
                archived.orElse(false)
                        ? InitialSyncService.LeftRooms.INCLUDED
                        : InitialSyncService.LeftRooms.OMITTED);
    }

    /// `GET /_matrix/client/v3/rooms/{roomId}/initialSync`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidinitialsync)):
    /// at most 100 events. `M_FORBIDDEN` where the user never was in the room, unless it is
    /// readable for the world.
    @SpecEndpoint(operationId = "roomInitialSync", auth = GUEST_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/rooms/{roomId}/initialSync",
        "/_matrix/client/r0/rooms/{roomId}/initialSync"
    })
    RoomInfo roomInitialSync(
            Requester requester,
            @PathVariable RoomId roomId,
            @RequestParam Optional<Integer> limit) {
        return initialSyncs.room(requester, roomId, limit);
    }

    record EventsResponse(String start, String end, List<RawJson> chunk) {}

    /// @param presence of whom the user knows; nobody's is told here, `/sync` tells it
    record InitialSyncResponse(
            String end,
            List<RawJson> presence,
            List<RoomInfo> rooms,
            List<StoredData> accountData) {}

    /// @param invite the event, where the user is invited
    record RoomInfo(
            RoomId roomId,
            Optional<String> membership,
            Optional<RawJson> invite,
            Optional<Messages> messages,
            Optional<List<RawJson>> state,
            Optional<String> visibility,
            Optional<List<StoredData>> accountData) {}

    record Messages(Optional<String> start, String end, List<RawJson> chunk) {}

    record StoredData(String type, RawJson content) {}
}
