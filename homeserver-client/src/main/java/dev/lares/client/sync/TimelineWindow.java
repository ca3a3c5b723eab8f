package dev.lares.client.sync;

import dev.lares.core.log.Position;
import dev.lares.core.room.Place;
import dev.lares.core.room.SeenEvent;
import java.util.List;
import java.util.Optional;

/// The end of a room's stretch that is told event by event.
///
/// @param events oldest first
/// @param limited whether events between the known ones and the first of these are left out
/// @param stateUpTo the state at the start of the timeline is the one at this position
/// @param before the place from which older events can be had
record TimelineWindow(
        List<SeenEvent> events, boolean limited, Position stateUpTo, Optional<Place> before) {
    TimelineWindow {
        events = List.copyOf(events);
    }
}
