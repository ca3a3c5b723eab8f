package dev.lares.client.slidingsync;

import dev.lares.client.roomhead.ReadyJson;
import dev.lares.core.event.ClientEvents;
import dev.lares.core.event.StateKey;
import dev.lares.core.log.Position;
import dev.lares.core.room.EventReader;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.SharedRendering;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.state.StateEntry;
import dev.lares.core.state.StateReader;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Reads state events of many rooms from the log, ready to be written.
@Component
class StateBodies {
    private final StateReader states;
    private final EventReader events;
    private final SharedRendering rendering;
    private final Clock clock;

    StateBodies(StateReader states, EventReader events, SharedRendering rendering, Clock clock) {
        this.states = states;
        this.events = events;
        this.rendering = rendering;
        this.clock = clock;
    }

    /// Places of one room's state as of a position.
    record Wanted(Set<StateKey> keys, Position at) {}

    /// What stands at those places, by room; what is not there is missing.
    Map<RoomRef, Map<StateKey, ToldState>> read(Map<RoomRef, Wanted> wanted) {
        var keys = new HashMap<Long, Set<StateKey>>();
        var positions = new HashMap<Long, Position>();
        wanted.forEach((room, one) -> {
            if (!one.keys().isEmpty()) {
                keys.put(room.roomNid(), one.keys());
                positions.put(room.roomNid(), one.at());
            }
        });
        return bodies(wanted.keySet(), states.stateAt(keys, positions));
    }

    /// The events of entries, by room. A place that was emptied is told as such.
    Map<RoomRef, Map<StateKey, ToldState>> bodies(
            Collection<RoomRef> rooms, Map<Long, List<StateEntry>> entries) {
        var nids = new HashMap<RoomRef, List<Long>>();
        for (var room : rooms) {
            var ofRoom = entries.getOrDefault(room.roomNid(), List.of());
            if (!ofRoom.isEmpty()) {
                nids.put(
                        room,
                        ofRoom.stream().map(StateEntry::eventNid).filter(nid -> nid != 0).toList());
            }
        }
        if (nids.isEmpty()) {
            return Map.of();
        }
        var stored = events.find(nids);
        var byRoom = new HashMap<RoomRef, Collection<StoredEvent>>();
        nids.forEach((room, of) ->
                byRoom.put(
                        room,
                        of.stream().map(stored::get).filter(event -> event != null).toList()));
        var applied = rendering.findApplied(byRoom);
        long now = clock.millis();
        var told = new HashMap<RoomRef, Map<StateKey, ToldState>>();
        for (var room : nids.keySet()) {
            var ofRoom = new LinkedHashMap<StateKey, ToldState>();
            for (var entry : entries.getOrDefault(room.roomNid(), List.of())) {
                var event = stored.get(entry.eventNid());
                if (event != null) {
                    ofRoom.put(entry.key(), told(entry.key(), event, applied, now));
                } else if (entry.eventNid() == 0) {
                    ofRoom.put(entry.key(), ToldState.gone(entry.key()));
                }
            }
            told.put(room, ofRoom);
        }
        return told;
    }

    private static ToldState told(
            StateKey key, StoredEvent event, SharedRendering.Applied applied, long now) {
        return new ToldState(
                key,
                event.nid(),
                new ReadyJson(
                        ClientEvents.withUnsigned(
                                SharedRendering.render(event, Optional.empty(), applied),
                                now - event.pdu().originServerTs(),
                                Optional.empty(),
                                Optional.empty())));
    }

    static JsonNode content(Map<StateKey, ToldState> states, StateKey key) {
        var state = states.get(key);
        return state == null || state.isGone()
                ? MissingNode.getInstance()
                : StateJson.content(state.json().bytes());
    }
}
