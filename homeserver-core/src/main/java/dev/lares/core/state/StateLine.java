package dev.lares.core.state;

import dev.lares.core.log.Position;
import java.util.Optional;

/// A line of versions. The state at a version is, for each key, the line's newest entry up to it;
/// where the line has none, the parent's.
///
/// @param parent where the line branched off; absent for roots of the main line
/// @param parentSize rows that a copy of the parent at that version takes
/// @param depth how many parents stand above
/// @param from since when the line is the main line; absent for side lines and for a root that is
///   still being written
/// @param page of backfilled history that starts on the first version; 0 where none does
/// @param tip the newest version
public record StateLine(
        int line,
        Optional<StateRef> parent,
        int parentSize,
        int depth,
        Optional<Position> from,
        StateExtent extent,
        int page,
        StateVersion tip) {

    boolean isRoot() {
        return parent.isEmpty();
    }

    StateLine withTip(StateVersion newTip) {
        return new StateLine(line, parent, parentSize, depth, from, extent, page, newTip);
    }

    StateLine withoutPage() {
        return new StateLine(line, parent, parentSize, depth, from, extent, 0, tip);
    }

    StateLine withDepth(int newDepth) {
        return new StateLine(line, parent, parentSize, newDepth, from, extent, page, tip);
    }

    StateLine withParent(Optional<StateRef> newParent, int newParentSize) {
        return new StateLine(line, newParent, newParentSize, depth, from, extent, page, tip);
    }
}
