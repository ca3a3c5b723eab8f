package dev.lares.core.room;

import dev.lares.core.id.EventId;
import dev.lares.core.log.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// Reads timelines: by depth for `/messages` and `/context`, by position for sync. Says nothing of
/// who may see the events.
@Service
public class TimelineReader {
    private final TimelineRepository repository;
    private final EventReader events;

    TimelineReader(TimelineRepository repository, EventReader events) {
        this.repository = repository;
        this.events = events;
    }

    /// The newest events up to the place `from`, newest first, down to and without what is up to
    /// the place `to`.
    public List<TimelineEvent> backward(RoomRef room, Place from, Place to, int limit) {
        return repository.backward(room, from, to, limit);
    }

    /// The oldest events behind the place `from`, oldest first, up to the place `to`.
    public List<TimelineEvent> forward(RoomRef room, Place from, Place to, int limit) {
        return repository.forward(room, from, to, limit);
    }

    /// Where a position of the log is in the room's timeline; [Place#START] before its first row.
    public Place placeAt(RoomRef room, Position position) {
        return repository.placeAt(room, position).orElse(Place.START);
    }

    /// An event with its place; nothing for outliers, rejected events and other rooms' events.
    public Optional<TimelineEvent> find(RoomRef room, EventId eventId) {
        return events.find(room, eventId)
                .flatMap(event -> find(room, List.of(event.nid())).stream().findFirst());
    }

    /// Events with their places, in no order; those that no timeline shows are left out.
    public List<TimelineEvent> find(RoomRef room, Collection<Long> eventNids) {
        return eventNids.isEmpty() ? List.of() : repository.find(room, eventNids);
    }

    /// The position of the newest live row of each room up to a position, whatever it is; rooms
    /// without any are missing.
    public Map<Long, Position> lastPositions(Collection<Long> roomNids, Position to) {
        return roomNids.isEmpty() ? Map.of() : repository.lastPositions(roomNids, to);
    }

    /// The position of each room's newest live event of some types; missing where there is none
    /// among the newest 2,000 rows.
    public Map<Long, Position> lastOfTypes(
            Collection<Long> roomNids, Collection<String> types, Position to) {
        return roomNids.isEmpty() ? Map.of() : repository.lastOfTypes(roomNids, types, to);
    }

    /// The newest live events of each room with positions in (since, to], oldest first, by the
    /// room's internal number; a room without any is missing. One more than the limit says that the
    /// window holds more, so a caller who must know asks for one more.
    ///
    /// @param limit most events of one room
    public Map<Long, List<TimelineEvent>> newest(
            Collection<RoomRef> rooms, Position since, Position to, int limit) {
        if (rooms.isEmpty() || limit == 0) {
            return Map.of();
        }
        var byNid =
                rooms.stream()
                        .collect(
                                Collectors.toMap(
                                        RoomRef::roomNid, Function.identity(), (a, b) -> a));
        var found = new HashMap<Long, List<TimelineEvent>>();
        for (var row : repository.newest(byNid, since, to, limit)) {
            found.computeIfAbsent(row.event().roomNid(), nid -> new ArrayList<>()).add(row);
        }
        found.replaceAll((nid, rows) -> rows.reversed());
        return found;
    }
}
