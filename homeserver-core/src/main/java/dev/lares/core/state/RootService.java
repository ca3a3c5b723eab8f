package dev.lares.core.state;

import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// The two ends of a root's making that hold the room's lock; both are short.
@Service
class RootService {
    private final RootRepository roots;
    private final SideLineRepository rooms;
    private final StateLineRepository lines;

    RootService(RootRepository roots, SideLineRepository rooms, StateLineRepository lines) {
        this.roots = roots;
        this.rooms = rooms;
        this.lines = lines;
    }

    /// A line with no entries that nobody reads yet.
    @Transactional
    int prepare(long roomNid, StateExtent extent) {
        rooms.lockRoom(roomNid);
        return roots.insertLine(roomNid, extent);
    }

    /// Brings a copy of the main line up to date and puts it in its place.
    ///
    /// @throws StaleLinesException when another root took its place meanwhile
    @Transactional
    void start(long roomNid, StateVersion copied, int line) {
        rooms.lockRoom(roomNid);
        var oldLine = copied.ref().line();
        var tip = lines.findMainTips(List.of(roomNid)).get(roomNid);
        if (Objects.requireNonNull(tip).ref().line() != oldLine) {
            throw new StaleLinesException(roomNid);
        }
        roots.copyLaterVersions(roomNid, copied.ref(), line);
        if (!roots.start(roomNid, oldLine, line)) {
            throw new StaleLinesException(roomNid);
        }
        roots.raiseEpoch(roomNid);
    }
}
