package dev.lares.client.roomupgrade;

import dev.lares.core.auth.PowerLevels;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.log.Position;
import dev.lares.core.room.EventRendering;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomStateReader;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.room.TimelineReader;
import dev.lares.core.state.StateSelection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// Reads rooms that are to be replaced.
@Component
class OldRooms {
    private static final Position NEWEST = new Position(Long.MAX_VALUE);
    private static final StateSelection MEMBERS = new StateSelection.Types(Set.of("m.room.member"));

    private final RoomStateReader states;
    private final EventRendering rendering;
    private final TimelineReader timelines;

    OldRooms(RoomStateReader states, EventRendering rendering, TimelineReader timelines) {
        this.states = states;
        this.rendering = rendering;
        this.timelines = timelines;
    }

    OldRoom read(RoomRef room) {
        var state = states.find(room, StateSelection.withoutMembers());
        var create =
                find(state, OldRoom.CREATE)
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "room_state: no m.room.create in " + room.roomId()));
        var levels =
                PowerLevels.of(
                        find(state, OldRoom.POWER_LEVELS).map(StoredEvent::pdu), create.pdu());
        return new OldRoom(
                room, create, levels, contents(room, state), bans(room), lastEvent(room));
    }

    private Map<StateKey, ObjectNode> contents(RoomRef room, List<StoredEvent> state) {
        var shown = rendering.contents(room, state);
        var contents = new HashMap<StateKey, ObjectNode>();
        for (int i = 0; i < state.size(); i++) {
            contents.put(key(state.get(i)), shown.get(i));
        }
        return contents;
    }

    private Map<String, ObjectNode> bans(RoomRef room) {
        var banned =
                states.find(room, MEMBERS).stream()
                        .filter(member ->
                                member.pdu()
                                        .content()
                                        .path("membership")
                                        .asString("")
                                        .equals("ban"))
                        .toList();
        var shown = rendering.contents(room, banned);
        var bans = new HashMap<String, ObjectNode>();
        for (int i = 0; i < banned.size(); i++) {
            bans.put(banned.get(i).pdu().stateKey().orElseThrow(), shown.get(i));
        }
        return bans;
    }

    private Optional<EventId> lastEvent(RoomRef room) {
        return timelines
                .newest(List.of(room), Position.ZERO, NEWEST, 1)
                .getOrDefault(room.roomNid(), List.of())
                .stream()
                .findFirst()
                .map(row -> row.event().eventId());
    }

    private static Optional<StoredEvent> find(List<StoredEvent> state, StateKey key) {
        return state.stream().filter(event -> key(event).equals(key)).findFirst();
    }

    private static StateKey key(StoredEvent event) {
        return new StateKey(event.pdu().type(), event.pdu().stateKey().orElseThrow());
    }
}
