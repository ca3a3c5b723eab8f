package dev.lares.core.state;

import dev.lares.core.log.Lease;
import dev.lares.core.log.Leases;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// The steps of a root's making, a short transaction each. Those of a renewal first make sure of
/// its lease, since line numbers are given again: a late holder would write into the line of the
/// next.
@Service
class RootService {
    private static final int CHUNK = 5_000;

    private final RootRepository roots;
    private final SideLineRepository rooms;
    private final StateLineRepository lines;
    private final StateCollapseRepository collapses;
    private final Leases leases;

    RootService(
            RootRepository roots,
            SideLineRepository rooms,
            StateLineRepository lines,
            StateCollapseRepository collapses,
            Leases leases) {
        this.roots = roots;
        this.rooms = rooms;
        this.lines = lines;
        this.collapses = collapses;
        this.leases = leases;
    }

    /// A line with no entries that nobody reads yet.
    @Transactional
    int prepare(long roomNid, StateExtent extent) {
        rooms.lockRoom(roomNid);
        return roots.insertLine(roomNid, extent);
    }

    /// As [#prepare], for a whole state.
    @Transactional
    int prepareCopy(long roomNid, Lease lease) {
        leases.require(lease);
        rooms.lockRoom(roomNid);
        return roots.insertLine(roomNid, StateExtent.WHOLE);
    }

    /// Copies the next keys. Returns the last, or nothing when there are no more.
    @Transactional
    OptionalLong copyKeys(long roomNid, StateRef from, int toLine, long afterKey, Lease lease) {
        leases.require(lease);
        return roots.copyKeys(roomNid, from, toLine, afterKey, CHUNK);
    }

    /// Brings a copy of the main line up to date and puts it in its place.
    ///
    /// @throws StaleLinesException when another root took its place meanwhile
    @Transactional
    void startCopy(long roomNid, StateVersion copied, int line, Lease lease) {
        leases.require(lease);
        var oldLine = copied.ref().line();
        requireMain(roomNid, oldLine);
        roots.insertFirstVersion(roomNid, copied, line);
        rooms.lockRoom(roomNid);
        requireMain(roomNid, oldLine);
        roots.copyLaterVersions(roomNid, copied.ref(), line);
        if (!roots.start(roomNid, oldLine, line)) {
            throw new StaleLinesException(roomNid);
        }
        roots.raiseEpoch(roomNid);
    }

    private void requireMain(long roomNid, int line) {
        var tip = lines.findMainTips(List.of(roomNid)).get(roomNid);
        if (tip == null || tip.ref().line() != line) {
            throw new StaleLinesException(roomNid);
        }
    }

    /// Deletes entries of a copy that was broken off. Returns whether there may be more.
    @Transactional
    boolean dropEntries(long roomNid, int line, Lease lease) {
        leases.require(lease);
        return collapses.deleteEntries(roomNid, line, CHUNK) == CHUNK;
    }

    /// Deletes what is left of a copy that was broken off.
    @Transactional
    void dropLine(long roomNid, int line, Lease lease) {
        leases.require(lease);
        collapses.deleteVersions(roomNid, line, Integer.MAX_VALUE);
        collapses.deleteLine(roomNid, line);
    }
}
