package dev.lares.core.state;

import dev.lares.core.state.StateRule.Subject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;

/// Looks through a database for states that contradict themselves or the events: the command `db
/// check`. Reads only, each room at one moment, so the server may run on.
@Service
public class StateCheck {
    private static final int ROOMS = 1_000;

    private final StateCheckRepository repository;
    private final StateCheckService service;

    StateCheck(StateCheckRepository repository, StateCheckService service) {
        this.repository = repository;
        this.service = service;
    }

    /// Gives the consumer what it finds in all rooms, room by room; of each kind at most 100 a
    /// room.
    ///
    /// @return how many rooms were looked through
    public long checkAll(Consumer<StateFinding> found) {
        var count = 0L;
        var last = 0L;
        List<Long> rooms;
        do {
            rooms = repository.findRooms(last, ROOMS);
            for (var room : rooms) {
                check(room).forEach(found);
                last = room;
            }
            count += rooms.size();
        } while (rooms.size() == ROOMS);
        return count;
    }

    /// What contradicts itself in one room.
    public List<StateFinding> check(long roomNid) {
        return service.check(roomNid, EnumSet.allOf(Subject.class));
    }

    /// What contradicts itself among a room's lines, whatever its events say.
    List<StateFinding> checkLines(long roomNid) {
        return service.check(roomNid, Set.of(Subject.LINES));
    }
}
