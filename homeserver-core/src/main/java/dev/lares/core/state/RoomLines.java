package dev.lares.core.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What memory knows of a room's lines: tips, parents, counts, no entries. Confined to whoever
/// works on the room's side lines; thrown away when the room's epoch is raised.
public final class RoomLines {
    private static final Comparator<StateLine> BY_START =
            Comparator.comparing((StateLine line) -> line.from().orElseThrow())
                    .thenComparingInt(StateLine::line);

    private final long roomNid;
    private final int epoch;
    private final Map<Integer, StateLine> lines = new HashMap<>();

    private int lastLine;

    /// @param lastLine the highest number that is taken, also by lines that are being written or
    ///   deleted
    RoomLines(long roomNid, int epoch, int lastLine, Collection<StateLine> lines) {
        this.roomNid = roomNid;
        this.epoch = epoch;
        this.lastLine = lastLine;
        lines.forEach(this::put);
    }

    public long roomNid() {
        return roomNid;
    }

    public int epoch() {
        return epoch;
    }

    /// The newest root.
    StateLine main() {
        return lines.values().stream()
                .filter(line -> line.from().isPresent())
                .max(BY_START)
                .orElseThrow(
                        () -> new IllegalStateException("Room " + roomNid + " has no main line"));
    }

    StateLine get(int line) {
        var found = lines.get(line);
        if (found == null) {
            throw new IllegalStateException(
                    "state_line (" + roomNid + ", " + line + ") is missing");
        }
        return found;
    }

    Collection<StateLine> all() {
        return lines.values();
    }

    Optional<StateLine> page(int page) {
        return lines.values().stream().filter(line -> line.page() == page).findAny();
    }

    int nextLine() {
        return lastLine + 1;
    }

    /// The line and those above it, in this order.
    List<StateLine> path(int line) {
        var path = new ArrayList<StateLine>();
        for (var at = Optional.of(get(line)); at.isPresent(); ) {
            path.add(at.get());
            at = at.get().parent().map(parent -> get(parent.line()));
        }
        return path;
    }

    /// Whether a root became the main line after another.
    static boolean isLater(StateLine root, StateLine other) {
        return BY_START.compare(root, other) > 0;
    }

    void put(StateLine line) {
        lines.put(line.line(), line);
        lastLine = Math.max(lastLine, line.line());
    }

    /// Notes that a line is gone; its number is not given again.
    void remove(int line) {
        lines.remove(line);
    }

    /// Notes that a line was moved up and got that many rows.
    void absorbed(SidePlan.Absorption absorption, int rows) {
        var line = get(absorption.line());
        var below = below(absorption.line());
        var tip = line.tip();
        put(
                line.withParent(Optional.of(absorption.parent()), absorption.parentSize())
                        .withTip(
                                new StateVersion(
                                        tip.ref(),
                                        tip.hash(),
                                        tip.entries() + rows,
                                        tip.size() + rows)));
        for (var child : below) {
            var moved = get(child.line());
            if (child.parent().orElseThrow().line() == absorption.line()) {
                moved = moved.withParent(moved.parent(), moved.parentSize() + rows);
            }
            put(moved.withDepth(moved.depth() - 1));
        }
        put(get(absorption.line()).withDepth(line.depth() - 1));
    }

    /// All lines that stand on the line, directly or not.
    List<StateLine> below(int line) {
        return lines.values().stream()
                .filter(other -> other.line() != line)
                .filter(other ->
                        path(other.line()).stream().anyMatch(above -> above.line() == line))
                .toList();
    }
}
