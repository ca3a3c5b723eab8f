package dev.lares.core.state;

import java.util.List;
import java.util.OptionalLong;
import org.springframework.stereotype.Service;

/// Replaces a main line that holds many old entries by a new root, a copy of what is current, so
/// that reading a whole state does not have to step over all of its history. The copy is written in
/// chunks while the room goes on; only the last step, which copies what changed meanwhile, holds
/// the room's lock. Older versions stay where they are.
@Service
public class RootRenewal {
    private static final int CHUNK = 5_000;

    private final MainLines mainLines;
    private final StateLineRepository lines;
    private final RootRepository roots;
    private final RootService service;
    private final StateCollapseService collapse;

    RootRenewal(
            MainLines mainLines,
            StateLineRepository lines,
            RootRepository roots,
            RootService service,
            StateCollapseService collapse) {
        this.mainLines = mainLines;
        this.lines = lines;
        this.roots = roots;
        this.service = service;
        this.collapse = collapse;
    }

    /// Starts a new root where the main line holds more than four times its live keys. At most one
    /// caller a room at a time; a second one makes the first fail.
    ///
    /// @return whether there is a new root; the room's epoch is raised then
    /// @throws StaleLinesException when another caller was faster
    public boolean renewIfNeeded(long roomNid) {
        var tip = mainLines.tips(List.of(roomNid)).get(roomNid);
        if (tip == null || !mainLines.planner().needsRenewal(tip)) {
            return false;
        }
        renew(roomNid, tip);
        return true;
    }

    void renew(long roomNid, StateVersion tip) {
        for (var unstarted : roots.findUnstarted(roomNid)) {
            collapse.dropLine(roomNid, unstarted);
        }
        var extent = lines.findExtent(roomNid, tip.ref().line());
        var line = service.prepare(roomNid, extent);
        var last = OptionalLong.of(0);
        while (last.isPresent()) {
            last = roots.copyKeys(roomNid, tip.ref(), line, last.getAsLong(), CHUNK);
        }
        roots.insertFirstVersion(roomNid, tip, line);
        service.start(roomNid, tip, line);
    }
}
