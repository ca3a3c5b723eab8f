package dev.lares.core.state;

import dev.lares.core.log.Lease;
import dev.lares.core.log.LostLeaseException;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/// Replaces a main line that holds many old entries by a new root, a copy of what is current, so
/// that reading a whole state does not have to step over all of its history. The copy is written in
/// chunks while the room goes on; only the last step, which copies what changed meanwhile, holds
/// the room's lock. Older versions stay where they are. A partial state is left alone: its
/// completion replaces the root anyway.
@Service
class RootRenewal {
    private static final Logger log = LoggerFactory.getLogger(RootRenewal.class);

    private final MainLines mainLines;
    private final StateLineRepository lines;
    private final RootRepository roots;
    private final RootService service;

    RootRenewal(
            MainLines mainLines,
            StateLineRepository lines,
            RootRepository roots,
            RootService service) {
        this.mainLines = mainLines;
        this.lines = lines;
        this.roots = roots;
        this.service = service;
    }

    /// Starts a new root where the main line holds more than four times its live keys. What a
    /// holder of the lease before this one began is thrown away, and what it tries to write
    /// afterwards is refused.
    ///
    /// @param lease of all renewals of the room
    /// @return whether there is a new root; the room's epoch is raised then
    /// @throws StaleLinesException when the main line was replaced by other means meanwhile
    /// @throws LostLeaseException when another replica has taken over
    boolean renewIfNeeded(long roomNid, Lease lease) {
        var tip = mainLines.tips(List.of(roomNid)).get(roomNid);
        if (tip == null
                || !mainLines.planner().needsRenewal(tip)
                || lines.findExtent(roomNid, tip.ref().line()) == StateExtent.PARTIAL) {
            return false;
        }
        renew(roomNid, tip, lease);
        return true;
    }

    void renew(long roomNid, StateVersion tip, Lease lease) {
        for (var unstarted : roots.findUnstarted(roomNid)) {
            drop(roomNid, unstarted, lease);
        }
        var line = service.prepareCopy(roomNid, lease);
        var last = OptionalLong.of(0);
        while (last.isPresent()) {
            last = service.copyKeys(roomNid, tip.ref(), line, last.getAsLong(), lease);
        }
        service.startCopy(roomNid, tip, line, lease);
        log.info(
                "The state of room {} held {} rows for {} keys; a copy without the old ones goes on",
                roomNid,
                tip.entries(),
                tip.size());
    }

    private void drop(long roomNid, int line, Lease lease) {
        boolean more;
        do {
            more = service.dropEntries(roomNid, line, lease);
        } while (more);
        service.dropLine(roomNid, line, lease);
    }
}
