package dev.lares.core.room;

import dev.lares.core.room.EventTimeRepository.EventTime;
import dev.lares.core.room.TimelinePager.Direction;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Finds what a user may see of a room at a moment.
@Service
public class EventTimes {
    private static final int LOOK_ROWS = 100;

    /// How many looks there are where the user may see next to nothing.
    private static final int LOOKS_MAX = 20;

    private final EventTimeRepository repository;
    private final TimelineReader timelines;
    private final EventVisibility visibility;

    EventTimes(
            EventTimeRepository repository, TimelineReader timelines, EventVisibility visibility) {
        this.repository = repository;
        this.timelines = timelines;
        this.visibility = visibility;
    }

    /// The event nearest to a moment, at it or in that direction from it, by the time that events
    /// name themselves.
    ///
    /// @param ts milliseconds since 1970
    public Optional<SeenEvent> nearest(RoomRef room, Viewer viewer, long ts, Direction direction) {
        var moment =
                switch (direction) {
                    case FORWARD -> new EventTime(ts, Long.MIN_VALUE);
                    case BACKWARD -> new EventTime(ts, Long.MAX_VALUE);
                };
        for (int look = 0; look < LOOKS_MAX; look++) {
            var found =
                    switch (direction) {
                        case FORWARD -> repository.findAfter(room, moment, LOOK_ROWS);
                        case BACKWARD -> repository.findBefore(room, moment, LOOK_ROWS);
                    };
            var seen = firstSeen(room, viewer, found);
            if (seen.isPresent() || found.size() < LOOK_ROWS) {
                return seen;
            }
            moment = found.getLast();
        }
        return Optional.empty();
    }

    private Optional<SeenEvent> firstSeen(RoomRef room, Viewer viewer, List<EventTime> found) {
        var nids = found.stream().map(EventTime::eventNid).toList();
        var seen = visibility.filter(room, viewer, timelines.find(room, nids));
        return seen.stream()
                .min((a, b) ->
                        Integer.compare(
                                nids.indexOf(a.event().nid()), nids.indexOf(b.event().nid())));
    }
}
