package dev.lares.client.sync;

import dev.lares.client.roomhead.HeadState;
import dev.lares.client.roomhead.ReadyJson;
import dev.lares.client.roomhead.RoomHead;
import dev.lares.client.sync.HeadTelling.Beyond;
import dev.lares.client.sync.RoomPlan.Knowledge;
import dev.lares.core.event.StateKey;
import dev.lares.core.room.EventReader;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.SharedRendering;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.state.StateEntry;
import dev.lares.core.state.StateReader;
import dev.lares.core.state.StateSelection;
import dev.lares.core.state.StateWindow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Reads what heads do not have and an answer needs beside them, for many rooms at once: what
/// changed of the state before a head's floor, for a client that was away for long, and the
/// viewer's own membership in a large room.
@Component
class HeadGaps {
    private final StateReader states;
    private final EventReader events;
    private final SharedRendering rendering;

    HeadGaps(StateReader states, EventReader events, SharedRendering rendering) {
        this.states = states;
        this.events = events;
        this.rendering = rendering;
    }

    /// By the rooms' internal numbers; rooms of which nothing is needed are missing.
    Map<Long, Beyond> read(List<RoomPlan> plans, Map<Long, RoomHead> heads, SyncContext context) {
        var own = new StateKey(StateSelection.MEMBER, context.viewer().userId().value());
        var windows = new ArrayList<StateWindow>();
        var wanted = new HashMap<RoomRef, Collection<Long>>();
        for (var plan : plans) {
            var head = heads.get(plan.roomNid());
            if (head == null) {
                continue;
            }
            if (plan.knowledge() == Knowledge.UP_TO_FROM) {
                if (!head.reachesBackTo(plan.from())) {
                    windows.add(new StateWindow(plan.roomNid(), plan.from(), head.floor()));
                    wanted.put(plan.room(), new ArrayList<>());
                }
            } else if (context.filter().state().members().lazy() && !head.knows(own)) {
                var nids = new ArrayList<Long>();
                nids.add(plan.membership().eventNid());
                wanted.put(plan.room(), nids);
            }
        }
        if (wanted.isEmpty()) {
            return Map.of();
        }
        var earlier = states.delta(windows, StateSelection.whole());
        wanted.forEach((room, nids) ->
                earlier.getOrDefault(room.roomNid(), List.of()).stream()
                        .map(StateEntry::eventNid)
                        .filter(nid -> nid != 0)
                        .forEach(nids::add));
        return rendered(wanted, windows, earlier, own);
    }

    private Map<Long, Beyond> rendered(
            Map<RoomRef, Collection<Long>> wanted,
            List<StateWindow> windows,
            Map<Long, List<StateEntry>> earlier,
            StateKey own) {
        var bodies = events.find(wanted);
        var byRoom = new HashMap<RoomRef, Collection<StoredEvent>>();
        wanted.forEach((room, nids) ->
                byRoom.put(
                        room,
                        bodies.values().stream()
                                .filter(event -> event.roomNid() == room.roomNid())
                                .toList()));
        var applied = rendering.findApplied(byRoom);
        var beyond = new HashMap<Long, Beyond>();
        wanted.forEach((room, nids) -> {
            if (windows.stream().noneMatch(window -> window.roomNid() == room.roomNid())) {
                var member =
                        nids.stream()
                                .map(bodies::get)
                                .filter(event -> event != null)
                                .map(event -> state(own, event, applied))
                                .findFirst();
                beyond.put(room.roomNid(), new Beyond(member, Optional.empty()));
            } else {
                Map<StateKey, HeadState> changes = new LinkedHashMap<>();
                for (var entry : earlier.getOrDefault(room.roomNid(), List.of())) {
                    var event = bodies.get(entry.eventNid());
                    if (event != null) {
                        changes.put(entry.key(), state(entry.key(), event, applied));
                    }
                }
                beyond.put(room.roomNid(), new Beyond(Optional.empty(), Optional.of(changes)));
            }
        });
        return beyond;
    }

    private static HeadState state(
            StateKey key, StoredEvent event, SharedRendering.Applied applied) {
        return new HeadState(
                key,
                0,
                event.nid(),
                event.pdu().sender().value(),
                event.pdu().originServerTs(),
                null,
                null,
                new ReadyJson(SharedRendering.render(event, Optional.empty(), applied)));
    }
}
