package dev.lares.core.state;

import org.springframework.stereotype.Service;

/// Deletes what no retained event, no line and no position needs of a room's states, after events
/// were purged. States that are still referred to read the same before, during and after it.
@Service
public class StateCollapse {
    private final StateLineRepository lines;
    private final StateCollapseService service;

    StateCollapse(StateLineRepository lines, StateCollapseService service) {
        this.lines = lines;
        this.service = service;
    }

    /// Raises the room's epoch: memory that names versions is thrown away. May be repeated; what a
    /// broken-off collapse left is deleted by the next.
    public void collapse(long roomNid) {
        var plan = service.deleteVersions(roomNid);
        for (var oldest : plan.oldest().entrySet()) {
            var ref = new StateRef(oldest.getKey(), oldest.getValue());
            boolean more;
            do {
                more = service.deleteChunk(roomNid, ref);
            } while (more);
        }
        for (var line : lines.findLinesWithoutVersion(roomNid)) {
            service.dropLine(roomNid, line);
        }
    }
}
