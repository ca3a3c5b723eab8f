package dev.lares.core.append;

import dev.lares.core.event.EventEdge;
import dev.lares.core.state.StateHash;
import dev.lares.core.state.StateVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The newest row of a room's timeline, and what the next event is built on.
///
/// @param pos of the row; 0 while the room has none
/// @param depth in our order
/// @param main the tip of the main line; absent before the room's first event
/// @param notifSeq how many events so far notify by the default push rules
/// @param hlSeq how many so far highlight for everyone
record RoomHead(
        long pos,
        long depth,
        Optional<StateVersion> main,
        int notifSeq,
        int hlSeq,
        List<Extremity> extremities) {
    static final RoomHead NONE = new RoomHead(0, 0, Optional.empty(), 0, 0, List.of());

    RoomHead {
        extremities = List.copyOf(extremities);
    }

    /// An event that no other one cites.
    ///
    /// @param depth as the event says
    /// @param state the state after it
    record Extremity(long eventNid, EventEdge edge, long depth, StateHash state) {}

    /// The states after the extremities. The current state is what they resolve to.
    Set<StateHash> states() {
        return extremities.stream().map(Extremity::state).collect(Collectors.toSet());
    }

    RoomHead plus(Extremity extremity) {
        var all = new ArrayList<>(extremities);
        all.add(extremity);
        return new RoomHead(pos, depth, main, notifSeq, hlSeq, all);
    }

    RoomHead at(long newPos) {
        return new RoomHead(newPos, depth, main, notifSeq, hlSeq, extremities);
    }

    int mainVer() {
        return main.map(version -> version.ref().ver()).orElse(0);
    }
}
