package dev.lares.core.state;

import dev.lares.core.state.SidePlan.Absorption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Decides which rows a change of state is stored as. Pure: it looks at what memory knows of the
/// room's lines and writes nothing.
public final class LinePlanner {
    private static final Comparator<Candidate> SHALLOWEST =
            Comparator.<Candidate>comparingInt(candidate -> candidate.line().depth())
                    .thenComparingInt(candidate -> candidate.changes().size())
                    .thenComparingInt(candidate -> candidate.line().line());

    private final StateHasher hasher;
    private final LineLimits limits;

    public LinePlanner(StateHasher hasher) {
        this(hasher, LineLimits.DEFAULT);
    }

    LinePlanner(StateHasher hasher, LineLimits limits) {
        this.hasher = hasher;
        this.limits = limits;
    }

    /// A version that a new one may be based on, and what would change.
    ///
    /// @param line on which the version is
    public record Candidate(StateLine line, StateVersion version, List<StateChange> changes) {
        public Candidate {
            changes = List.copyOf(changes);
        }

        private boolean isTipOfSideLine() {
            return !line.isRoot() && line.tip().ref().equals(version.ref());
        }
    }

    /// The first version of a room's main line. The room must have no line yet.
    public MainChange first(StateExtent extent, List<StateChange> changes) {
        var hash = hasher.after(hasher.empty(extent), changes);
        var version = new StateVersion(new StateRef(1, 1), hash, changes.size(), changes.size());
        return new MainChange(version, changes, Optional.of(extent));
    }

    /// The next version of the main line, whatever caused it.
    public MainChange next(StateVersion tip, List<StateChange> changes) {
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("A version without a change");
        }
        var version =
                new StateVersion(
                        new StateRef(tip.ref().line(), tip.ref().ver() + 1),
                        hasher.after(tip.hash(), changes),
                        tip.entries() + changes.size(),
                        tip.size() + changes.stream().mapToInt(StateChange::growth).sum());
        return new MainChange(version, changes, Optional.empty());
    }

    StateHasher hasher() {
        return hasher;
    }

    /// The hash of the state after changes. Ask for a stored version with that hash before planning
    /// another.
    StateHash hashAfter(StateVersion before, List<StateChange> changes) {
        return hasher.after(before.hash(), changes);
    }

    /// The state after a state event, once a child needs it. A rejected event changes nothing; a
    /// soft-failed one never takes a tip from those that passed.
    SidePlan after(RoomLines lines, Candidate before, Standing standing) {
        if (before.changes().isEmpty()) {
            return new SidePlan.Stored(before.version());
        }
        return switch (standing) {
            case REJECTED -> new SidePlan.Stored(before.version());
            case SOFT_FAILED -> open(lines, before, 0);
            case ACCEPTED -> before.isTipOfSideLine() ? extend(before) : open(lines, before, 0);
        };
    }

    /// A resolved state: on the shallowest side line of the prev events that stands at its tip,
    /// else on a new line, based on what differs least. The main line is extended only by what
    /// becomes current state.
    ///
    /// @param prevs the states after the prev events
    /// @param main the current state
    SidePlan merge(RoomLines lines, List<Candidate> prevs, Candidate main) {
        var all = Stream.concat(prevs.stream(), Stream.of(main)).toList();
        var nearest =
                all.stream()
                        .min(
                                Comparator.<Candidate>comparingInt(one -> one.changes().size())
                                        .thenComparing(SHALLOWEST))
                        .orElseThrow();
        if (nearest.changes().isEmpty()) {
            return new SidePlan.Stored(nearest.version());
        }
        return prevs.stream()
                .filter(Candidate::isTipOfSideLine)
                .min(SHALLOWEST)
                .map(this::extend)
                .orElseGet(() -> open(lines, nearest, 0));
    }

    /// On which page a page of backfilled history is based: its number without the lowest set bit.
    /// 0 means the current state.
    static int basePage(int page) {
        if (page < 1) {
            throw new IllegalArgumentException("Pages are counted from 1, not " + page);
        }
        return page & (page - 1);
    }

    /// The state at the oldest events of a page of history. Each page has a line, changed or not,
    /// so that later pages find it.
    ///
    /// @param base the first version of the line of [#basePage]
    SidePlan page(RoomLines lines, int page, Candidate base) {
        return open(lines, base, page);
    }

    /// Whether the main line holds so many old entries that a copy of it should replace it.
    boolean needsRenewal(StateVersion tip) {
        return entriesUntilRenewal(tip) == 0;
    }

    /// How many entries more the main line may hold before [#needsRenewal], if no keys are removed.
    int entriesUntilRenewal(StateVersion tip) {
        long most =
                Math.max(
                        limits.renewalMin() - 1L,
                        (long) limits.renewalFactor() * Math.max(tip.size(), 1));
        return Math.clamp(most + 1 - tip.entries(), 0, Integer.MAX_VALUE);
    }

    private SidePlan extend(Candidate tip) {
        return new SidePlan.Extended(
                tip.version(), hashAfter(tip.version(), tip.changes()), tip.changes());
    }

    private SidePlan open(RoomLines lines, Candidate base, int page) {
        var copies = new ArrayList<StateRef>();
        var parent = base.version().ref();
        var parentSize = base.version().size();
        var depth = base.line().depth() + 1;
        // What a line copies is paid for by its own changes: repeating the fork gains nothing.
        var budget = 2 * base.changes().size();
        while (depth > limits.depthSoft() && parentSize <= budget) {
            var copied = lines.get(parent.line());
            copies.add(parent);
            budget -= parentSize;
            parent = copied.parent().orElseThrow();
            parentSize = copied.parentSize();
            depth--;
        }
        var absorptions =
                depth > limits.depthMax()
                        ? absorptions(lines, parent.line(), depth - limits.depthRoom())
                        : List.<Absorption>of();
        return new SidePlan.Opened(
                lines.nextLine(),
                parent,
                parentSize,
                depth - absorptions.size(),
                hashAfter(base.version(), base.changes()),
                base.changes(),
                copies,
                absorptions,
                page);
    }

    /// Which lines above to move up, as many as levels are wanted: each time that with the smallest
    /// parent, and of these the shallowest, which the most lines stand on. Done in place, because
    /// copies in the new line would be made again for each fork.
    private static List<Absorption> absorptions(RoomLines lines, int line, int levels) {
        var path = new ArrayList<>(lines.path(line));
        var absorptions = new ArrayList<Absorption>();
        while (absorptions.size() < levels) {
            var at = cheapest(path);
            var moved = path.get(at);
            var gone = path.remove(at + 1);
            var parent = gone.parent().orElseThrow();
            absorptions.add(
                    new Absorption(
                            moved.line(), moved.parent().orElseThrow(), parent, gone.parentSize()));
            path.set(at, moved.withParent(Optional.of(parent), gone.parentSize()));
            if (at > 0) {
                var child = path.get(at - 1);
                path.set(
                        at - 1,
                        child.withParent(child.parent(), child.parentSize() + moved.parentSize()));
            }
        }
        return absorptions;
    }

    /// Of a path upwards, the last of those whose parent is smallest; the line below the root
    /// cannot take over a root.
    private static int cheapest(List<StateLine> path) {
        var best = 0;
        for (var i = 1; i < path.size() - 2; i++) {
            if (path.get(i).parentSize() <= path.get(best).parentSize()) {
                best = i;
            }
        }
        return best;
    }
}
