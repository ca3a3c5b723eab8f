package dev.lares.core.state;

import dev.lares.core.state.SidePlan.Absorption;
import java.util.ArrayList;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Writes what was planned for a side line, before the append of the event that refers to it.
@Service
class SideLineService {
    private final SideLineRepository repository;

    SideLineService(SideLineRepository repository) {
        this.repository = repository;
    }

    /// Writes a plan and notes it in `lines`.
    ///
    /// @throws StaleLinesException when the plan was made from lines that have changed since
    @Transactional
    StateVersion write(RoomLines lines, SidePlan plan) {
        if (plan instanceof SidePlan.Stored stored) {
            return stored.version();
        }
        var epoch = repository.lockRoom(lines.roomNid());
        if (!epoch.equals(Optional.of(lines.epoch()))) {
            throw new StaleLinesException(lines.roomNid());
        }
        return switch (plan) {
            case SidePlan.Stored stored -> stored.version();
            case SidePlan.Extended extended -> extend(lines, extended);
            case SidePlan.Opened opened -> open(lines, opened);
        };
    }

    private StateVersion extend(RoomLines lines, SidePlan.Extended plan) {
        var room = lines.roomNid();
        var tip = plan.tip();
        var line = tip.ref().line();
        var count = plan.changes().size();
        var named = repository.countNamed(room, line, plan.changes());
        var version =
                new StateVersion(
                        new StateRef(line, tip.ref().ver() + 1),
                        plan.hash(),
                        tip.entries() + count,
                        tip.size() + count - named);
        requireFresh(repository.insertVersion(room, version), lines);
        repository.insertEntries(room, version.ref(), plan.changes());
        lines.put(lines.get(line).withTip(version));
        return version;
    }

    private StateVersion open(RoomLines lines, SidePlan.Opened plan) {
        var room = lines.roomNid();
        requireFresh(repository.insertLine(room, plan), lines);
        var parentSize = plan.parentSize();
        for (var absorption : plan.absorptions()) {
            var moved = absorb(lines, absorption);
            parentSize += absorption.line() == plan.parent().line() ? moved : 0;
        }
        var ref = new StateRef(plan.line(), 1);
        repository.insertEntries(room, ref, plan.changes());
        var rows = plan.changes().size();
        for (var copied : plan.copies()) {
            rows += repository.copy(room, copied, plan.line());
        }
        var version = new StateVersion(ref, plan.hash(), rows, rows);
        requireFresh(repository.insertVersion(room, version), lines);
        lines.put(
                new StateLine(
                        plan.line(),
                        Optional.of(plan.parent()),
                        parentSize,
                        plan.depth(),
                        Optional.empty(),
                        StateExtent.WHOLE,
                        plan.page(),
                        version));
        return version;
    }

    private int absorb(RoomLines lines, Absorption absorption) {
        var room = lines.roomNid();
        var line = absorption.line();
        // Copy first: a reader between the two statements finds the same either way.
        var rows = repository.copy(room, absorption.copied(), line);
        requireFresh(repository.move(room, absorption), lines);
        repository.addToCounts(room, line, rows);
        var raised = new ArrayList<>(lines.below(line).stream().map(StateLine::line).toList());
        raised.add(line);
        repository.raise(room, raised);
        lines.absorbed(absorption, rows);
        return rows;
    }

    private static void requireFresh(boolean fresh, RoomLines lines) {
        if (!fresh) {
            throw new StaleLinesException(lines.roomNid());
        }
    }
}
