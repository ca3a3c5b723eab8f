package dev.lares.core.state;

import dev.lares.core.state.StateCheckRepository.EntryRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// The steps of completing a partial state that hold the room's lock.
@Service
class CompletionService {
    private static final int CHUNK = 5_000;

    private final SideLineRepository rooms;
    private final StateLineRepository lines;
    private final RootRepository roots;
    private final StateCheckRepository entries;
    private final StateReader reader;
    private final CompletionRepository repository;

    CompletionService(
            SideLineRepository rooms,
            StateLineRepository lines,
            RootRepository roots,
            StateCheckRepository entries,
            StateReader reader,
            CompletionRepository repository) {
        this.rooms = rooms;
        this.lines = lines;
        this.roots = roots;
        this.entries = entries;
        this.reader = reader;
        this.repository = repository;
    }

    /// Copies what happened since the join behind the whole first version, and puts the copy in the
    /// partial line's place; side lines move with it.
    ///
    /// @param walk stands at the first version
    /// @throws StaleLinesException when another root took the place meanwhile
    @Transactional
    void start(
            long roomNid, StateRef partialFirst, int line, VersionWalk walk, StateHasher hasher) {
        rooms.lockRoom(roomNid);
        var partial = partialFirst.line();
        var known = lines.find(roomNid);
        if (known.main().line() != partial) {
            throw new StaleLinesException(roomNid);
        }
        var later =
                entries.findEntries(roomNid, partial).stream()
                        .filter(row -> row.ver() > partialFirst.ver())
                        .toList();
        repository.copyEntries(roomNid, partialFirst, line);
        repository.insertVersions(roomNid, walk.versions(line, later));
        repository.moveChildren(roomNid, partial, line);
        known.below(partial).stream()
                .sorted(Comparator.comparingInt(StateLine::depth))
                .forEach(side -> rehash(roomNid, side, partial, line, hasher));
        if (!roots.start(roomNid, partial, line)) {
            throw new StaleLinesException(roomNid);
        }
        roots.raiseEpoch(roomNid);
    }

    /// The states on a side line are whole now; so are their hashes.
    private void rehash(long roomNid, StateLine side, int partial, int line, StateHasher hasher) {
        var old = side.parent().orElseThrow();
        var parent = old.line() == partial ? new StateRef(line, old.ver()) : old;
        var rows = entries.findEntries(roomNid, side.line());
        var keys = rows.stream().map(EntryRow::keyNid).distinct().toList();
        var hash =
                Objects.requireNonNull(lines.findVersions(roomNid, List.of(parent)).get(parent))
                        .hash();
        var walk = new VersionWalk(hasher, reader.events(roomNid, parent, keys), hash, 0);
        var changed = new ArrayList<>(walk.versions(side.line(), rows));
        if (rows.isEmpty()) {
            // A page of history that differs in nothing.
            changed.add(new StateVersion(new StateRef(side.line(), 1), hash, 0, 0));
        }
        repository.updateHashes(roomNid, changed);
    }

    /// Adds the next keys to the current state for set-based queries.
    @Transactional
    OptionalLong fillCurrent(long roomNid, int line, long afterKey) {
        rooms.lockRoom(roomNid);
        return repository.fillCurrent(roomNid, line, afterKey, CHUNK);
    }
}
