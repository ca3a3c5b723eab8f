package dev.lares.core.state;

import dev.lares.core.state.CompletionRepository.BaseRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// Turns the partial state of a [partial-state
/// join](https://spec.matrix.org/v1.19/server-server-api/#joining-rooms) into a whole one: a new
/// root of the main line, whole from the join on, on which the events since then stand. Versions
/// keep their numbers. What the now known members change for clients is for the append that
/// follows.
@Service
public class RootCompletion {
    private static final int CHUNK = 5_000;

    private final MainLines mainLines;
    private final StateLineRepository lines;
    private final RootRepository roots;
    private final RootService rootService;
    private final StateCollapseService collapse;
    private final CompletionRepository repository;
    private final CompletionService service;

    RootCompletion(
            MainLines mainLines,
            StateLineRepository lines,
            RootRepository roots,
            RootService rootService,
            StateCollapseService collapse,
            CompletionRepository repository,
            CompletionService service) {
        this.mainLines = mainLines;
        this.lines = lines;
        this.roots = roots;
        this.rootService = rootService;
        this.collapse = collapse;
        this.repository = repository;
        this.service = service;
    }

    /// Does nothing where the room's state is whole. Writes in chunks while the room goes on; may
    /// be repeated after it was broken off. At most one caller a room at a time.
    ///
    /// @param whole the events, by key, of the whole state with which this server joined
    /// @throws StaleLinesException when another root took the place of the partial one meanwhile
    public void complete(long roomNid, Map<Long, Long> whole) {
        var main = lines.find(roomNid).main();
        if (main.extent() == StateExtent.PARTIAL) {
            replace(roomNid, main.line(), whole);
        }
        // Also when a call before this one was broken off after it had replaced the root.
        finish(roomNid);
    }

    private void replace(long roomNid, int partial, Map<Long, Long> whole) {
        for (var unstarted : roots.findUnstarted(roomNid)) {
            collapse.dropLine(roomNid, unstarted);
        }
        var first = new StateRef(partial, repository.findFirstVersion(roomNid, partial));
        var base = base(roomNid, first, whole);
        var line = rootService.prepare(roomNid, StateExtent.WHOLE);
        var start = new StateRef(line, first.ver());
        for (var from = 0; from < base.size(); from += CHUNK) {
            var to = Math.min(from + CHUNK, base.size());
            repository.insertBase(roomNid, start, base.subList(from, to));
        }
        var hasher = mainLines.planner().hasher();
        var state = base.stream().collect(Collectors.toMap(BaseRow::keyNid, BaseRow::eventNid));
        var hash = hasher.after(StateHash.EMPTY, SideLines.changes(Map.of(), state));
        var version = new StateVersion(start, hash, base.size(), base.size());
        repository.insertVersions(roomNid, List.of(version));
        var walk = new VersionWalk(hasher, state, hash, base.size());
        service.start(roomNid, first, line, walk, hasher);
    }

    /// What was known of the first version, with its positions, and what was not.
    private List<BaseRow> base(long roomNid, StateRef first, Map<Long, Long> whole) {
        var missing = new HashMap<>(whole);
        var base = new ArrayList<BaseRow>();
        for (var row : repository.findBase(roomNid, first)) {
            missing.remove(row.keyNid());
            if (row.eventNid() != 0) {
                base.add(row);
            }
        }
        missing.forEach((key, event) -> base.add(new BaseRow(key, event, 0)));
        return base;
    }

    private void finish(long roomNid) {
        var known = lines.find(roomNid);
        var line = known.main().line();
        for (var root : known.all()) {
            if (root.extent() == StateExtent.PARTIAL) {
                moveEvents(roomNid, root.line(), line);
            }
        }
        var last = OptionalLong.of(0);
        while (last.isPresent()) {
            last = service.fillCurrent(roomNid, line, last.getAsLong());
        }
    }

    private void moveEvents(long roomNid, int fromLine, int toLine) {
        var last = OptionalLong.of(0);
        while (last.isPresent()) {
            last = repository.moveEvents(roomNid, fromLine, toLine, last.getAsLong(), CHUNK);
        }
    }
}
