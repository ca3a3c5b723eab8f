package dev.lares.core.room;

import dev.lares.core.log.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// Reads the ends of many rooms' timelines with all that their rows say, in two statements.
@Service
public class TimelineRows {
    private final TimelineRowRepository repository;

    TimelineRows(TimelineRowRepository repository) {
        this.repository = repository;
    }

    /// The newest rows of each room with positions in (since, to], oldest first, by the room's
    /// internal number; a room without any is missing.
    ///
    /// @param since of each room; [Position#ZERO] for the whole timeline
    /// @param limit most rows of one room
    public Map<Long, List<TimelineRow>> newest(
            Collection<RoomRef> rooms, Map<Long, Position> since, Position to, int limit) {
        if (rooms.isEmpty()) {
            return Map.of();
        }
        var byNid = rooms.stream().collect(Collectors.toMap(RoomRef::roomNid, Function.identity()));
        var found = new HashMap<Long, List<TimelineRow>>();
        for (var row : repository.newest(byNid, since, to, limit)) {
            found.computeIfAbsent(row.roomNid(), nid -> new ArrayList<>()).add(row);
        }
        if (found.isEmpty()) {
            return found;
        }
        var behind = new TreeMap<Long, Position>(Comparator.naturalOrder());
        found.forEach((nid, rows) -> behind.put(nid, new Position(rows.getLast().pos() - 1)));
        var exceptions = repository.exceptions(behind, to);
        found.replaceAll((nid, rows) ->
                rows.reversed().stream()
                        .map(row ->
                                exceptions.containsKey(row.pos())
                                        ? row.with(exceptions.getOrDefault(row.pos(), List.of()))
                                        : row)
                        .toList());
        return found;
    }
}
