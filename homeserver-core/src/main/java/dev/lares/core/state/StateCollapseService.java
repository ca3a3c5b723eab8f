package dev.lares.core.state;

import dev.lares.core.log.Position;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// The steps of a collapse; each holds the room's lock for a moment and raises the room's epoch.
@Service
class StateCollapseService {
    private static final int CHUNK = 5_000;

    private final SideLineRepository rooms;
    private final StateLineRepository lines;
    private final StateEntryRepository entries;
    private final RootRepository roots;
    private final StateCollapseRepository repository;

    StateCollapseService(
            SideLineRepository rooms,
            StateLineRepository lines,
            StateEntryRepository entries,
            RootRepository roots,
            StateCollapseRepository repository) {
        this.rooms = rooms;
        this.lines = lines;
        this.entries = entries;
        this.roots = roots;
        this.repository = repository;
    }

    /// Deletes versions that nothing refers to any more, so that nobody finds them; what is left of
    /// their entries is for [#deleteChunk] and [#dropLine].
    @Transactional
    CollapsePlan deleteVersions(long roomNid) {
        rooms.lockRoom(roomNid);
        var known = lines.find(roomNid);
        var atOldest =
                repository
                        .findOldestPosition(roomNid)
                        .map(pos -> entries.refsAt(List.of(roomNid), new Position(pos)))
                        .flatMap(refs -> Optional.ofNullable(refs.get(roomNid)));
        var plan = CollapsePlan.of(known, repository.findOldestOfEvents(roomNid), atOldest);
        for (var line : known.all()) {
            var oldest = plan.oldest().getOrDefault(line.line(), Integer.MAX_VALUE);
            repository.deleteVersions(roomNid, line.line(), oldest);
            if (line.page() != 0 && oldest > 1) {
                repository.forgetPage(roomNid, line.line());
            }
        }
        roots.raiseEpoch(roomNid);
        return plan;
    }

    /// Returns whether there may be more.
    @Transactional
    boolean deleteChunk(long roomNid, StateRef oldest) {
        rooms.lockRoom(roomNid);
        var rows = repository.deleteHidden(roomNid, oldest, CHUNK);
        if (rows > 0) {
            repository.lowerCounts(roomNid, oldest.line(), rows);
            roots.raiseEpoch(roomNid);
        }
        return rows == CHUNK;
    }

    /// Deletes the rest of a line that has no version any more, or never became current, in chunks
    /// of a transaction each.
    void dropLine(long roomNid, int line) {
        int rows;
        do {
            rows = repository.deleteEntries(roomNid, line, CHUNK);
        } while (rows == CHUNK);
        repository.deleteVersions(roomNid, line, Integer.MAX_VALUE);
        repository.deleteLine(roomNid, line);
    }
}
