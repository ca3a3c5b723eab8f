package dev.lares.core.state;

import dev.lares.core.log.Position;
import dev.lares.core.state.LinePlanner.Candidate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The rows of the tables as maps, written by the same planner.
final class MemoryLineStore implements LineStore {
    private record Entry(long event, long pos) {}

    private final LinePlanner planner;
    private final RoomLines lines = new RoomLines(1, 0, 0, List.of());
    private final Map<Integer, Map<Long, NavigableMap<Integer, Entry>>> entries = new HashMap<>();
    private final Map<StateRef, StateVersion> versions = new HashMap<>();
    private final Map<StateHash, StateVersion> byHash = new HashMap<>();
    private long head;

    MemoryLineStore(LineLimits limits) {
        planner = new LinePlanner(StateDatabase.hasher(), limits);
    }

    @Override
    public long key(int n) {
        return n + 1L;
    }

    @Override
    public StateRef append(List<StateChange> changes) {
        head++;
        var change =
                versions.isEmpty()
                        ? planner.first(StateExtent.WHOLE, changes)
                        : planner.next(lines.main().tip(), changes);
        var version = change.version();
        var line = version.ref().line();
        if (change.startsRoot().isPresent()) {
            lines.put(root(line, version, head));
        } else {
            lines.put(lines.get(line).withTip(version));
        }
        changes.forEach(one -> put(version.ref(), one.keyNid(), one.newEventNid(), head));
        note(version);
        return version.ref();
    }

    private static StateLine root(int line, StateVersion tip, long from) {
        return new StateLine(
                line,
                Optional.empty(),
                0,
                0,
                Optional.of(new Position(from)),
                StateExtent.WHOLE,
                0,
                tip);
    }

    @Override
    public StateRef after(StateRef before, long key, long event, Standing standing) {
        var old = state(before).getOrDefault(key, 0L);
        var changes =
                old == event || standing == Standing.REJECTED
                        ? List.<StateChange>of()
                        : List.of(new StateChange(key, old, event));
        var candidate = candidate(before, changes);
        return write(candidate, () -> planner.after(lines, candidate, standing));
    }

    @Override
    public StateRef merge(List<StateRef> prevs, Map<Long, Long> resolved) {
        var candidates =
                prevs.stream()
                        .map(ref -> candidate(ref, SideLines.changes(state(ref), resolved)))
                        .toList();
        var tip = tip();
        var main = candidate(tip, SideLines.changes(state(tip), resolved));
        return write(main, () -> planner.merge(lines, candidates, main));
    }

    @Override
    public StateRef page(int page, Map<Long, Long> state) {
        var basePage = LinePlanner.basePage(page);
        var base =
                lines.page(basePage)
                        .filter(_ -> basePage != 0)
                        .map(line -> new StateRef(line.line(), 1))
                        .orElse(tip());
        var candidate = candidate(base, SideLines.changes(state(base), state));
        return write(planner.page(lines, page, candidate)).ref();
    }

    private Candidate candidate(StateRef ref, List<StateChange> changes) {
        return new Candidate(lines.get(ref.line()), version(ref), changes);
    }

    private StateVersion version(StateRef ref) {
        var version = versions.get(ref);
        if (version == null) {
            throw new AssertionError("there is no version " + ref);
        }
        return version;
    }

    private StateRef write(Candidate candidate, Supplier<SidePlan> plan) {
        var same = byHash.get(planner.hashAfter(candidate.version(), candidate.changes()));
        return same != null ? same.ref() : write(plan.get()).ref();
    }

    private StateVersion write(SidePlan plan) {
        return switch (plan) {
            case SidePlan.Stored stored -> stored.version();
            case SidePlan.Extended extended -> extend(extended);
            case SidePlan.Opened opened -> open(opened);
        };
    }

    private StateVersion extend(SidePlan.Extended plan) {
        var tip = plan.tip();
        var line = lines.get(tip.ref().line());
        var ref = new StateRef(line.line(), tip.ref().ver() + 1);
        if (versions.containsKey(ref)) {
            throw new AssertionError(ref + " is not at its tip");
        }
        var fresh =
                plan.changes().stream()
                        .filter(change -> !keys(line.line()).containsKey(change.keyNid()))
                        .count();
        var version =
                new StateVersion(
                        ref,
                        plan.hash(),
                        tip.entries() + plan.changes().size(),
                        tip.size() + (int) fresh);
        plan.changes().forEach(change -> put(ref, change.keyNid(), change.newEventNid(), 0));
        lines.put(line.withTip(version));
        note(version);
        return version;
    }

    private StateVersion open(SidePlan.Opened plan) {
        var parentSize = plan.parentSize();
        for (var absorption : plan.absorptions()) {
            var copied = copy(absorption.copied(), absorption.line());
            lines.absorbed(absorption, copied);
            versions.replaceAll((ref, version) ->
                    ref.line() == absorption.line()
                            ? new StateVersion(
                                    ref,
                                    version.hash(),
                                    version.entries() + copied,
                                    version.size() + copied)
                            : version);
            parentSize += absorption.line() == plan.parent().line() ? copied : 0;
        }
        var ref = new StateRef(plan.line(), 1);
        plan.changes().forEach(change -> put(ref, change.keyNid(), change.newEventNid(), 0));
        var rows = plan.changes().size();
        for (var copied : plan.copies()) {
            rows += copy(copied, plan.line());
        }
        var version = new StateVersion(ref, plan.hash(), rows, rows);
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
        note(version);
        return version;
    }

    private int copy(StateRef from, int toLine) {
        var rows = 0;
        for (var key : keys(from.line()).entrySet()) {
            var newest = key.getValue().floorEntry(from.ver());
            if (newest != null && !versions(toLine, key.getKey()).containsKey(1)) {
                put(new StateRef(toLine, 1), key.getKey(), newest.getValue().event(), 0);
                rows++;
            }
        }
        return rows;
    }

    private Map<Long, NavigableMap<Integer, Entry>> keys(int line) {
        return entries.getOrDefault(line, Map.of());
    }

    private NavigableMap<Integer, Entry> versions(int line, long key) {
        return keys(line).getOrDefault(key, Collections.emptyNavigableMap());
    }

    private void put(StateRef ref, long key, long event, long pos) {
        entries.computeIfAbsent(ref.line(), _ -> new HashMap<>())
                .computeIfAbsent(key, _ -> new TreeMap<>())
                .put(ref.ver(), new Entry(event, pos));
    }

    private void note(StateVersion version) {
        versions.put(version.ref(), version);
        byHash.putIfAbsent(version.hash(), version);
    }

    @Override
    public Map<Long, Long> state(StateRef ref) {
        var state = new HashMap<Long, Long>();
        for (var at = Optional.of(ref); at.isPresent(); ) {
            var ver = at.get().ver();
            keys(at.get().line())
                    .forEach((key, history) -> {
                        var newest = history.floorEntry(ver);
                        if (newest != null) {
                            state.putIfAbsent(key, newest.getValue().event());
                        }
                    });
            at = lines.get(at.get().line()).parent();
        }
        state.values().removeIf(event -> event == 0);
        return state;
    }

    private List<StateLine> roots() {
        return lines.all().stream().filter(line -> line.from().isPresent()).toList();
    }

    @Override
    public Map<Long, Long> stateAt(long position) {
        var state = new HashMap<Long, Long>();
        var root =
                roots().stream()
                        .filter(line -> line.from().orElseThrow().value() <= position)
                        .max((one, other) -> RoomLines.isLater(one, other) ? 1 : -1);
        root.ifPresent(line ->
                keys(line.line())
                        .forEach((key, history) ->
                                history.descendingMap().values().stream()
                                        .filter(entry -> entry.pos() <= position)
                                        .findFirst()
                                        .ifPresent(entry -> state.put(key, entry.event()))));
        state.values().removeIf(event -> event == 0);
        return state;
    }

    @Override
    public Map<Long, Long> delta(long since, long to) {
        var newest = new HashMap<Long, Entry>();
        for (var root : roots()) {
            keys(root.line())
                    .forEach((key, history) ->
                            history.values().stream()
                                    .filter(entry -> entry.pos() > since && entry.pos() <= to)
                                    .forEach(entry ->
                                            newest.merge(
                                                    key,
                                                    entry,
                                                    (one, other) ->
                                                            other.pos() > one.pos()
                                                                    ? other
                                                                    : one)));
        }
        var delta = new HashMap<Long, Long>();
        newest.forEach((key, entry) -> delta.put(key, entry.event()));
        return delta;
    }

    @Override
    public long head() {
        return head;
    }

    @Override
    public StateRef tip() {
        return lines.main().tip().ref();
    }

    @Override
    public void renew() {
        var tip = lines.main().tip();
        if (!planner.needsRenewal(tip)) {
            return;
        }
        var line = lines.nextLine();
        var state = state(tip.ref());
        var pos = 0L;
        for (var key : keys(tip.ref().line()).entrySet()) {
            var newest = key.getValue().lastEntry().getValue();
            pos = Math.max(pos, newest.pos());
            if (newest.event() != 0) {
                put(
                        new StateRef(line, tip.ref().ver()),
                        key.getKey(),
                        newest.event(),
                        newest.pos());
            }
        }
        var size = state.size();
        var version = new StateVersion(new StateRef(line, tip.ref().ver()), tip.hash(), size, size);
        lines.put(root(line, version, pos));
        note(version);
    }

    @Override
    public void collapse(Collection<StateRef> retained, long oldest) {
        var root =
                roots().stream()
                        .filter(line -> line.from().orElseThrow().value() <= oldest)
                        .max((one, other) -> RoomLines.isLater(one, other) ? 1 : -1);
        var atOldest =
                root.map(line -> {
                    var ver = 1;
                    for (var history : keys(line.line()).values()) {
                        for (var entry : history.entrySet()) {
                            if (entry.getValue().pos() <= oldest) {
                                ver = Math.max(ver, entry.getKey());
                            }
                        }
                    }
                    return new StateRef(line.line(), ver);
                });
        var plan = CollapsePlan.of(lines, List.copyOf(retained), atOldest).oldest();
        versions.keySet()
                .removeIf(ref -> ref.ver() < plan.getOrDefault(ref.line(), Integer.MAX_VALUE));
        byHash.clear();
        versions.values().forEach(version -> byHash.putIfAbsent(version.hash(), version));
        for (var line : new HashSet<>(entries.keySet())) {
            if (!plan.containsKey(line)) {
                entries.remove(line);
                lines.remove(line);
            } else {
                var removed = hide(line, plan.get(line));
                versions.replaceAll((ref, version) ->
                        ref.line() == line
                                ? new StateVersion(
                                        ref,
                                        version.hash(),
                                        version.entries() - removed,
                                        version.size())
                                : version);
                var kept = lines.get(line).withTip(version(lines.get(line).tip().ref()));
                lines.put(plan.get(line) > 1 ? kept.withoutPage() : kept);
            }
        }
        for (var line : new ArrayList<>(lines.all())) {
            if (!plan.containsKey(line.line())) {
                lines.remove(line.line());
            }
        }
    }

    private int hide(int line, int ver) {
        var removed = 0;
        for (var history : keys(line).values()) {
            var newest = history.floorKey(ver);
            while (newest != null && history.firstKey() < newest) {
                history.pollFirstEntry();
                removed++;
            }
        }
        return removed;
    }

    @Override
    public long rows() {
        return entries.values().stream()
                .flatMap(keys -> keys.values().stream())
                .mapToLong(Map::size)
                .sum();
    }

    @Override
    public int deepest() {
        return lines.all().stream().mapToInt(StateLine::depth).max().orElse(0);
    }

    @Override
    public List<String> findings() {
        var findings = new ArrayList<String>();
        for (var line : lines.all()) {
            var depth = lines.path(line.line()).size() - 1;
            if (depth != line.depth()) {
                findings.add(line + " stands at depth " + depth);
            }
            if (depth > LineLimits.DEFAULT.depthMax()) {
                findings.add(line + " stands too deep");
            }
        }
        for (var version : versions.values()) {
            var changes = new ArrayList<StateChange>();
            state(version.ref())
                    .forEach((key, event) -> changes.add(StateChange.added(key, event)));
            var hash = StateDatabase.hasher().after(StateHash.EMPTY, changes);
            if (!hash.equals(version.hash())) {
                findings.add(version + " has the hash " + hash);
            }
            var rows =
                    keys(version.ref().line()).values().stream()
                            .mapToInt(history -> history.headMap(version.ref().ver(), true).size())
                            .sum();
            if (rows != version.entries()) {
                findings.add(version + " has " + rows + " rows");
            }
        }
        return findings;
    }
}
