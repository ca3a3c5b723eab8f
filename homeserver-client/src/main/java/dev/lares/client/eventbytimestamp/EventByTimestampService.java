package dev.lares.client.eventbytimestamp;

import dev.lares.client.eventbytimestamp.EventByTimestampController.EventByTimestampResponse;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.RoomId;
import dev.lares.core.room.EventTimes;
import dev.lares.core.room.RoomAccesses;
import dev.lares.core.room.TimelinePager.Direction;
import dev.lares.core.room.Viewer;
import dev.lares.core.web.Requester;
import org.springframework.stereotype.Service;

/// Finds events by their time.
@Service
class EventByTimestampService {
    private final RoomAccesses accesses;
    private final EventTimes times;

    EventByTimestampService(RoomAccesses accesses, EventTimes times) {
        this.accesses = accesses;
        this.times = times;
    }

    /// `M_FORBIDDEN` where the user may not read the room, `M_NOT_FOUND` where nothing is there in
    /// that direction, `M_INVALID_PARAM` for a direction that is none.
    EventByTimestampResponse find(Requester requester, RoomId roomId, long ts, String dir) {
        var direction = direction(dir);
        var room = accesses.require(roomId, requester.userNid()).room();
        return times.nearest(room, Viewer.of(requester), ts, direction)
                .map(seen -> seen.event().pdu())
                .map(pdu -> new EventByTimestampResponse(pdu.eventId(), pdu.originServerTs()))
                .orElseThrow(() ->
                        new MatrixException(
                                ErrorCode.M_NOT_FOUND,
                                "There is no event from " + ts + " in this direction"));
    }

    private static Direction direction(String dir) {
        return switch (dir) {
            case "b" -> Direction.BACKWARD;
            case "f" -> Direction.FORWARD;
            default -> throw new MatrixException(ErrorCode.M_INVALID_PARAM, "'dir' is b or f");
        };
    }
}
