package dev.lares.client.rooms;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.RoomId;
import dev.lares.core.room.EventRendering;
import dev.lares.core.room.RoomAccesses;
import dev.lares.core.room.RoomAccesses.ReadableRoom;
import dev.lares.core.room.RoomIds;
import dev.lares.core.room.RoomStateReader;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.state.StateSelection;
import dev.lares.core.web.Requester;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.ObjectNode;

/// Reads the state of rooms: as it is, for those who left as it was when they did.
@Service
class StateLookupService {
    private final RoomAccesses accesses;
    private final RoomStateReader states;
    private final EventRendering rendering;

    StateLookupService(RoomAccesses accesses, RoomStateReader states, EventRendering rendering) {
        this.accesses = accesses;
        this.states = states;
        this.rendering = rendering;
    }

    /// `M_FORBIDDEN` where the user may not read the room.
    List<ObjectNode> findAll(Requester requester, RoomId roomId) {
        var readable = accesses.require(roomId, requester.userNid());
        return rendering.renderState(
                readable.room(), find(readable, StateSelection.whole()), RoomIds.INCLUDE);
    }

    /// `M_FORBIDDEN` where the user may not read the room, `M_NOT_FOUND` where nothing stands
    /// there.
    ObjectNode get(
            Requester requester, RoomId roomId, String type, String stateKey, StateFormat format) {
        var readable = accesses.require(roomId, requester.userNid());
        var key = new StateKey(type, stateKey);
        var found = find(readable, new StateSelection.Keys(Set.of(key)));
        var answers =
                switch (format) {
                    case CONTENT -> rendering.contents(readable.room(), found);
                    case EVENT -> rendering.renderState(readable.room(), found, RoomIds.INCLUDE);
                };
        return answers.stream()
                .findFirst()
                .orElseThrow(() ->
                        new MatrixException(ErrorCode.M_NOT_FOUND, "The room has no such state"));
    }

    private List<StoredEvent> find(ReadableRoom readable, StateSelection selection) {
        return readable.until()
                .map(at -> states.findAt(readable.room(), at, selection))
                .orElseGet(() -> states.find(readable.room(), selection));
    }
}
