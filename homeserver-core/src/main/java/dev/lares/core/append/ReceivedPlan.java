package dev.lares.core.append;

import dev.lares.core.append.BatchBasis.RefRow;
import dev.lares.core.append.BatchBasis.Whereabouts;
import dev.lares.core.id.EventId;
import dev.lares.core.log.ReceivedOutcome;
import dev.lares.core.log.StreamRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a batch makes of one item of events that were made elsewhere: as many of them, from the
/// first on, as can be decided in memory.
final class ReceivedPlan {
    private final Prepared item;
    private final RoomWork room;
    private final BatchBasis basis;
    private final ReceivedJudge judge;
    private final List<ReceivedOutcome> outcomes = new ArrayList<>();
    private final List<BuiltEvent> built = new ArrayList<>();
    private final List<BatchRows.OutlierRow> outliers = new ArrayList<>();
    private Optional<Need> rest = Optional.empty();

    ReceivedPlan(Prepared item, RoomWork room, BatchBasis basis, ReceivedJudge judge) {
        this.item = item;
        this.room = room;
        this.basis = basis;
        this.judge = judge;
    }

    /// Events that are cited and are not in the room.
    record Missing(Set<EventId> prevEvents, Set<EventId> authEvents) {
        boolean isEmpty() {
            return prevEvents.isEmpty() && authEvents.isEmpty();
        }
    }

    Missing missing() {
        var missing = new Missing(new HashSet<>(), new HashSet<>());
        var earlier = new HashSet<EventId>();
        for (var pdu : item.queued().received()) {
            var known = ReceivedJudge.ref(room, basis, pdu.eventId());
            boolean here = isHere(pdu.eventId());
            boolean past = known.filter(RefRow::missed).isPresent();
            if (!here && !past && Unplaceable.reason(pdu, room.memory().room(), known).isEmpty()) {
                for (var prev : pdu.prevEvents()) {
                    if (!earlier.contains(prev) && !isHere(prev)) {
                        missing.prevEvents().add(prev);
                    }
                }
                for (var auth : pdu.authEvents()) {
                    if (!earlier.contains(auth) && !isHere(auth) && !isOutlier(auth)) {
                        missing.authEvents().add(auth);
                    }
                }
            }
            earlier.add(pdu.eventId());
        }
        return missing;
    }

    private boolean isHere(EventId eventId) {
        return room.made(eventId).isPresent() || is(eventId, Whereabouts.HERE);
    }

    private boolean isOutlier(EventId eventId) {
        return is(eventId, Whereabouts.OUTLIER);
    }

    private boolean is(EventId eventId, Whereabouts whereabouts) {
        return ReceivedJudge.ref(room, basis, eventId)
                .map(RefRow::whereabouts)
                .filter(whereabouts::equals)
                .isPresent();
    }

    /// Decides event by event, until one has to leave for the background lane.
    ///
    /// @param rowsBefore how many rows the batch has so far
    void decide(int rowsBefore) {
        int rows = rowsBefore;
        for (var incoming : item.queued().receiving().orElseThrow().incoming()) {
            switch (judge.judge(incoming, item, room, basis, rows + 1)) {
                case ReceivedJudge.Step.Left(ReceivedOutcome outcome) -> outcomes.add(outcome);
                case ReceivedJudge.Step.Placed placed -> {
                    rows += placed.event().at().isPresent() ? 1 : 0;
                    built.add(placed.event());
                    outcomes.add(placed.outcome());
                    placed.outlier().ifPresent(outliers::add);
                }
                case ReceivedJudge.Step.Needs(Need need) -> {
                    rest = Optional.of(need);
                    return;
                }
            }
        }
    }

    /// Writes what was decided.
    ///
    /// @return whether there is anything to write
    boolean write(BatchRows rows) {
        built.forEach(rows::add);
        rows.placedOutliers.addAll(outliers);
        var others = rest.isEmpty() ? item.item().rows() : List.<StreamRow>of();
        if (!built.isEmpty() && built.stream().allMatch(event -> event.at().isEmpty())) {
            rows.addMark(room.memory().room().roomNid(), room.head());
        }
        others.forEach(rows::add);
        return !built.isEmpty() || !others.isEmpty();
    }

    boolean changedTheRoom() {
        return !built.isEmpty();
    }

    Decision.Received decision(int lastAt) {
        return new Decision.Received(
                item, outcomes, lastAt, room.head().pos(), room.head().extremities().size(), rest);
    }
}
