package dev.lares.core.append;

import dev.lares.core.append.LaneRepository.PlacedRow;
import dev.lares.core.auth.AuthEventSelection;
import dev.lares.core.auth.EventAuthorizer;
import dev.lares.core.auth.RoomState;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.room.RoomRef;
import dev.lares.core.state.SideLines;
import dev.lares.core.state.Standing;
import dev.lares.core.state.StateHash;
import dev.lares.core.state.StateLookup;
import dev.lares.core.state.StateReader;
import dev.lares.core.state.StateRef;
import dev.lares.core.state.StateVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Finds out the state before an event, all of whose prev events have their place, and stores it
/// where it is not stored yet.
@Component
class ReceivedAssessor {
    private static final StateKey CREATE = new StateKey("m.room.create", "");

    private final LaneRepository repository;
    private final LaneEvents events;
    private final RoomResolver resolver;
    private final SideLines lines;
    private final StateReader reader;

    ReceivedAssessor(
            LaneRepository repository,
            LaneEvents events,
            RoomResolver resolver,
            SideLines lines,
            StateReader reader) {
        this.repository = repository;
        this.events = events;
        this.resolver = resolver;
        this.lines = lines;
        this.reader = reader;
    }

    Assessment assess(RoomRef room, Pdu pdu) {
        var prevNids = repository.findNids(room, pdu.prevEvents()).values();
        var before = before(room, repository.findPlaced(room, prevNids));
        return assess(room, pdu, before, repository.findOutdatedBy(room, prevNids));
    }

    /// An event of history, the state before which is known.
    Assessment assess(RoomRef room, Pdu pdu, StateVersion before) {
        return assess(room, pdu, before, Set.of());
    }

    private Assessment assess(RoomRef room, Pdu pdu, StateVersion before, Set<Long> outdated) {
        var wanted = new HashSet<>(AuthEventSelection.of(pdu));
        wanted.add(CREATE);
        var own = pdu.stateKey().map(key -> new StateKey(pdu.type(), key));
        own.ifPresent(wanted::add);
        var found = new HashMap<StateKey, Long>();
        reader.find(room.roomNid(), before.ref(), wanted)
                .forEach((key, lookup) -> {
                    if (lookup instanceof StateLookup.Known(long eventNid)) {
                        found.put(key, eventNid);
                    }
                });
        var bodies = events.find(room, found.values());
        RoomState state = key -> Optional.ofNullable(found.get(key)).map(bodies::get);
        return new Assessment(
                before,
                EventAuthorizer.check(pdu, state),
                own.map(key -> found.getOrDefault(key, 0L)).orElse(0L),
                outdated);
    }

    private StateVersion before(RoomRef room, List<PlacedRow> prevs) {
        if (prevs.isEmpty()) {
            throw new IllegalStateException("None of the prev events has a place");
        }
        Map<StateHash, StateVersion> states = new LinkedHashMap<>();
        for (var prev : prevs) {
            var after = after(room, prev);
            states.putIfAbsent(after.hash(), after);
        }
        var distinct = new ArrayList<>(states.values());
        if (distinct.size() == 1) {
            return distinct.getFirst();
        }
        var resolved =
                resolver.resolve(
                        room, distinct.stream().map(StateView::of).toList(), Optional.empty());
        return lines.merge(
                room.roomNid(), distinct.stream().map(StateVersion::ref).toList(), resolved);
    }

    private StateVersion after(RoomRef room, PlacedRow prev) {
        if (prev.ver() == 0) {
            // After the room's first event.
            return lines.version(room.roomNid(), new StateRef(prev.line(), 1));
        }
        var before = new StateRef(prev.line(), prev.ver());
        return prev.keyNid() == 0 || prev.standing() == Standing.REJECTED
                ? lines.version(room.roomNid(), before)
                : lines.after(
                        room.roomNid(), before, prev.keyNid(), prev.eventNid(), prev.standing());
    }
}
