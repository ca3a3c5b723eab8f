package dev.lares.core.state;

import dev.lares.core.state.LinePlanner.Candidate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/// Gives states that are not current a version that events can refer to: the state after a state
/// event that others are based on, resolved states, and states of backfilled history. What it
/// returns is durable before it returns, and is found again, not stored again.
///
/// Runs outside transactions and appends, on whichever thread works on the room.
@Service
public class SideLines {
    private static final int ATTEMPTS = 5;

    private final MainLines mainLines;
    private final StateLineRepository repository;
    private final SideLineService writer;
    private final StateComparison comparison;
    private final StateReader reader;

    SideLines(
            MainLines mainLines,
            StateLineRepository repository,
            SideLineService writer,
            StateComparison comparison,
            StateReader reader) {
        this.mainLines = mainLines;
        this.repository = repository;
        this.writer = writer;
        this.comparison = comparison;
        this.reader = reader;
    }

    /// The lines of a room as they are now.
    public RoomLines lines(long roomNid) {
        return repository.find(roomNid);
    }

    /// A stored version.
    public StateVersion version(long roomNid, StateRef ref) {
        var found = repository.findVersions(roomNid, List.of(ref)).get(ref);
        if (found == null) {
            throw new IllegalStateException(
                    "state_version (%d, %d, %d) is missing"
                            .formatted(roomNid, ref.line(), ref.ver()));
        }
        return found;
    }

    /// The state after a state event.
    ///
    /// @param before the state before it
    public StateVersion after(
            long roomNid, StateRef before, long keyNid, long eventNid, Standing standing) {
        return attempt(
                roomNid,
                lines -> {
                    var version = version(lines, before);
                    var old =
                            reader.events(roomNid, before, List.of(keyNid))
                                    .getOrDefault(keyNid, 0L);
                    var changes =
                            old == eventNid || standing == Standing.REJECTED
                                    ? List.<StateChange>of()
                                    : List.of(new StateChange(keyNid, old, eventNid));
                    var candidate = candidate(lines, version, changes);
                    return storedOr(
                            lines, candidate, () -> planner().after(lines, candidate, standing));
                });
    }

    /// A resolved state.
    ///
    /// @param prevs the states after the prev events, at least one
    /// @param resolved the events, by key, of keys in which the prevs differ; 0 for absent ones.
    ///   Other keys are as in the prevs.
    public StateVersion merge(long roomNid, Collection<StateRef> prevs, Map<Long, Long> resolved) {
        return attempt(
                roomNid,
                lines -> {
                    var main = lines.main().tip();
                    var refs = new HashSet<>(prevs);
                    refs.add(main.ref());
                    var states = comparison.compare(lines, refs);
                    var first = Objects.requireNonNull(states.get(prevs.iterator().next()));
                    var wanted = new HashMap<>(first);
                    wanted.putAll(resolved);
                    var versions = versions(lines, refs);
                    var candidates = new HashMap<StateRef, Candidate>();
                    states.forEach((ref, state) ->
                            candidates.put(
                                    ref,
                                    candidate(
                                            lines,
                                            Objects.requireNonNull(versions.get(ref)),
                                            changes(state, wanted))));
                    var mainCandidate = Objects.requireNonNull(candidates.get(main.ref()));
                    var others =
                            prevs.stream()
                                    .distinct()
                                    .map(ref -> Objects.requireNonNull(candidates.get(ref)))
                                    .toList();
                    return storedOr(
                            lines,
                            mainCandidate,
                            () -> planner().merge(lines, others, mainCandidate));
                });
    }

    /// The state at the oldest events of a page of backfilled history.
    ///
    /// @param page pages of the room are counted from 1, in the order in which they are fetched
    /// @param state events by key, whole
    public StateVersion page(long roomNid, int page, Map<Long, Long> state) {
        return attempt(
                roomNid,
                lines -> {
                    var present = lines.page(page);
                    if (present.isPresent()) {
                        var ref = new StateRef(present.get().line(), 1);
                        return new SidePlan.Stored(version(lines, ref));
                    }
                    var base =
                            lines.page(LinePlanner.basePage(page))
                                    .filter(_ -> LinePlanner.basePage(page) != 0)
                                    .map(line -> new StateRef(line.line(), 1))
                                    .orElse(lines.main().tip().ref());
                    var old = new HashMap<Long, Long>();
                    reader.state(roomNid, base, StateSelection.whole())
                            .forEach(entry -> old.put(entry.keyNid(), entry.eventNid()));
                    var candidate = candidate(lines, version(lines, base), changes(old, state));
                    return planner().page(lines, page, candidate);
                });
    }

    /// As [#page], for the page after those that there are.
    public StateVersion nextPage(long roomNid, Map<Long, Long> state) {
        int last = lines(roomNid).all().stream().mapToInt(StateLine::page).max().orElse(0);
        return page(roomNid, last + 1, state);
    }

    private StateVersion attempt(long roomNid, Function<RoomLines, SidePlan> plan) {
        for (var attempt = 1; ; attempt++) {
            var lines = lines(roomNid);
            try {
                return writer.write(lines, plan.apply(lines));
            } catch (StaleLinesException stale) {
                if (attempt == ATTEMPTS) {
                    throw stale;
                }
            }
        }
    }

    private SidePlan storedOr(RoomLines lines, Candidate candidate, Supplier<SidePlan> otherwise) {
        if (candidate.changes().isEmpty()) {
            return new SidePlan.Stored(candidate.version());
        }
        var hash = planner().hashAfter(candidate.version(), candidate.changes());
        return repository
                .findByHash(lines.roomNid(), hash)
                .<SidePlan>map(SidePlan.Stored::new)
                .orElseGet(otherwise);
    }

    private LinePlanner planner() {
        return mainLines.planner();
    }

    private StateVersion version(RoomLines lines, StateRef ref) {
        return Objects.requireNonNull(versions(lines, List.of(ref)).get(ref));
    }

    private Map<StateRef, StateVersion> versions(RoomLines lines, Collection<StateRef> refs) {
        var versions = repository.findVersions(lines.roomNid(), refs);
        for (var ref : refs) {
            if (!versions.containsKey(ref)) {
                throw new IllegalStateException(
                        "state_version (%d, %d, %d) is missing"
                                .formatted(lines.roomNid(), ref.line(), ref.ver()));
            }
        }
        return versions;
    }

    private static Candidate candidate(
            RoomLines lines, StateVersion version, List<StateChange> changes) {
        return new Candidate(lines.get(version.ref().line()), version, changes);
    }

    /// What turns one state into another; in the second, 0 means absent like a missing key.
    static List<StateChange> changes(Map<Long, Long> from, Map<Long, Long> to) {
        var changes = new ArrayList<StateChange>();
        to.forEach((key, event) -> {
            var old = from.getOrDefault(key, 0L);
            if (!old.equals(event)) {
                changes.add(new StateChange(key, old, event));
            }
        });
        from.forEach((key, event) -> {
            if (!to.containsKey(key)) {
                changes.add(new StateChange(key, event, 0));
            }
        });
        return changes;
    }
}
