package dev.lares.client.sync;

import dev.lares.client.roomhead.HeadEvent;
import dev.lares.client.roomhead.HeadRow;
import dev.lares.client.roomhead.HeadState;
import dev.lares.client.roomhead.ReadyJson;
import dev.lares.client.roomhead.RoomHead;
import dev.lares.client.sync.RoomPlan.Knowledge;
import dev.lares.core.event.ClientEvents;
import dev.lares.core.event.StateKey;
import dev.lares.core.filter.EventFilter;
import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.RoomSummaries.SummaryBasis;
import dev.lares.core.room.HistoryVisibility;
import dev.lares.core.room.HistoryVisibility.JoinedLater;
import dev.lares.core.state.StateSelection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Tells of one room from its head, in memory. Where the head does not reach back far enough, or
/// does not know what this viewer may see, it tells nothing, and the log has to be asked.
final class HeadTelling {
    private static final String MEMBER = StateSelection.MEMBER;

    private final RoomPlan plan;
    private final RoomHead head;
    private final SyncContext context;
    private final Beyond beyond;
    private final long now;
    private final Predicate<String> erased;
    private final StateKey own;

    /// @param beyond what the head does not have
    /// @param erased which senders wanted to be erased
    /// @param now milliseconds since 1970
    HeadTelling(
            RoomPlan plan,
            RoomHead head,
            SyncContext context,
            Beyond beyond,
            Predicate<String> erased,
            long now) {
        this.plan = plan;
        this.head = head;
        this.context = context;
        this.beyond = beyond;
        this.erased = erased;
        this.now = now;
        own = new StateKey(MEMBER, context.viewer().userId().value());
    }

    /// What was read beside the head.
    ///
    /// @param ownMember the viewer's membership where the head does not know it
    /// @param earlier what changed of the state between what the client knows and the head's floor,
    ///   where that lies behind
    record Beyond(Optional<HeadState> ownMember, Optional<Map<StateKey, HeadState>> earlier) {
        static final Beyond NOTHING = new Beyond(Optional.empty(), Optional.empty());
    }

    /// The part of the answer that the head has.
    ///
    /// @param summary what it is made from, where it is told
    record Content(
            List<byte[]> timeline,
            Gap gap,
            Optional<HeadRow> first,
            List<byte[]> state,
            Optional<SummaryBasis> summary) {
        boolean saysSomething() {
            return gap == Gap.YES || !timeline.isEmpty() || !state.isEmpty();
        }
    }

    /// Whether events are left out before the first that is told.
    enum Gap {
        YES,
        NO
    }

    /// What is told, or nothing where the log has to be asked.
    Optional<Content> tell() {
        try {
            return Optional.of(content());
        } catch (BeyondHeadException e) {
            return Optional.empty();
        }
    }

    /// The timeline alone, or nothing where the log has to be asked.
    Optional<ToldTimeline> timeline() {
        try {
            var window = window();
            var events = new ArrayList<ToldTimeline.Event>(window.events().size());
            for (var seen : window.events()) {
                events.add(told(seen));
            }
            return Optional.of(
                    new ToldTimeline(
                            events,
                            window.gap() == Gap.YES,
                            window.first().map(row -> row.place().before())));
        } catch (BeyondHeadException e) {
            return Optional.empty();
        }
    }

    private ToldTimeline.Event told(Seen seen) throws BeyondHeadException {
        var event = seen.event();
        return new ToldTimeline.Event(
                new ReadyJson(render(seen)),
                seen.row().pos(),
                event.type(),
                event.stateKey(),
                event.sender());
    }

    private Content content() throws BeyondHeadException {
        var window = window();
        var summary = summary(window);
        var state = state(window, summary);
        var timeline = new ArrayList<byte[]>(window.events().size());
        for (var seen : window.events()) {
            timeline.add(render(seen));
        }
        return new Content(
                timeline,
                window.gap(),
                window.first(),
                state.stream()
                        .map(one ->
                                ClientEvents.withUnsigned(
                                        one.json().bytes(),
                                        now - one.originServerTs(),
                                        Optional.empty(),
                                        Optional.empty()))
                        .toList(),
                summary);
    }

    private byte[] render(Seen seen) throws BeyondHeadException {
        var event = seen.event();
        var sentBy = event.sentBy();
        return ClientEvents.withUnsigned(
                withRelations(event),
                now - event.originServerTs(),
                Optional.of(seen.membership().value()),
                sentBy != null && sentBy.isOf(context.viewer())
                        ? Optional.of(sentBy.txnId())
                        : Optional.empty());
    }

    private byte[] withRelations(HeadEvent event) throws BeyondHeadException {
        var relations = event.relations();
        if (relations == null) {
            return event.json().bytes();
        }
        var viewer = context.viewer().userId();
        require(relations.isFor(viewer, context.ignored(), plan.membership().since(), plan.to()));
        return ClientEvents.withRelations(
                event.json().bytes(), relations.json(viewer, event.sender()));
    }

    private record Seen(HeadRow row, HeadEvent event, Membership membership) {}

    /// @param first the first row that is told, before filters
    private record Window(List<Seen> events, Gap gap, Optional<HeadRow> first) {}

    private Window window() throws BeyondHeadException {
        var filter = context.filter().timeline();
        if (!filter.wantsRoom(plan.room().roomId().value())) {
            return new Window(List.of(), Gap.NO, Optional.empty());
        }
        var rows =
                head.rows(plan.from(), plan.to()).stream()
                        .filter(row -> row.event() != null)
                        .toList();
        boolean more = rows.size() > filter.limit();
        if (!more) {
            require(head.reachesBackTo(plan.from()));
            return new Window(wanted(rows, filter), Gap.NO, rows.stream().findFirst());
        }
        if (filter.wantsAllEvents()) {
            var kept = rows.subList(rows.size() - filter.limit(), rows.size());
            return new Window(wanted(kept, filter), Gap.YES, kept.stream().findFirst());
        }
        var passed = wanted(rows, filter);
        if (passed.size() > filter.limit()) {
            var kept = passed.subList(passed.size() - filter.limit(), passed.size());
            return new Window(kept, Gap.YES, kept.stream().map(Seen::row).findFirst());
        }
        require(head.reachesBackTo(plan.from()));
        return new Window(passed, Gap.NO, rows.stream().findFirst());
    }

    private List<Seen> wanted(List<HeadRow> rows, EventFilter filter) throws BeyondHeadException {
        var seen = new ArrayList<Seen>(rows.size());
        for (var row : rows) {
            var event = row.event();
            if (event != null
                    && passes(event, filter)
                    && (event.isState() || !context.ignored().contains(event.sender()))) {
                var judged = judge(row, event);
                // Where it hides state, the timeline starts behind that: see TimelineWindows.
                require(judged.isPresent() || !event.isState() || !isToldFromTheStart(event));
                judged.ifPresent(seen::add);
            }
        }
        return seen;
    }

    private boolean isToldFromTheStart(HeadEvent event) {
        return event.showing() != HeadEvent.Showing.NOBODY
                && plan.fresh()
                && !context.request().state().after();
    }

    private static boolean passes(HeadEvent event, EventFilter filter) {
        return filter.wantsAllEvents()
                || (filter.wants(event.type(), event.sender())
                        && filter.containsUrl()
                                .map(wanted -> wanted == event.hasUrl())
                                .orElse(true));
    }

    /// As [dev.lares.core.room.EventVisibility] does, for one who is in the room.
    private Optional<Seen> judge(HeadRow row, HeadEvent event) throws BeyondHeadException {
        switch (event.showing()) {
            case NOBODY -> {
                return Optional.empty();
            }
            case SINGLY -> throw new BeyondHeadException();
            case USUAL -> {}
        }
        var before = head.membershipBefore(own, row.pos(), plan.membership().membership());
        var set = event.membership();
        var after = set != null && event.is(own.type(), own.stateKey()) ? set : before;
        boolean allowed =
                allows(event.before(), before)
                        || allows(event.after(), before)
                        || allows(event.before(), after)
                        || allows(event.after(), after);
        // The head holds the event with its content.
        require(!allowed || after == Membership.JOIN || !erased.test(event.sender()));
        return allowed ? Optional.of(new Seen(row, event, after)) : Optional.empty();
    }

    private static boolean allows(HistoryVisibility visibility, Membership membership) {
        return visibility.allows(membership, JoinedLater.YES);
    }

    private Optional<SummaryBasis> summary(Window window) throws BeyondHeadException {
        if (plan.knowledge() == Knowledge.UP_TO_FROM) {
            boolean mayHaveChanged = window.gap() == Gap.YES || !window.events().isEmpty();
            if (!mayHaveChanged) {
                return Optional.empty();
            }
            if (changes(plan.to()).keySet().stream().noneMatch(key -> key.type().equals(MEMBER))) {
                return Optional.empty();
            }
        }
        var summary = head.summaryAt(plan.to());
        require(summary.isPresent());
        return summary;
    }

    private List<HeadState> state(Window window, Optional<SummaryBasis> summary)
            throws BeyondHeadException {
        var filter = context.filter().state();
        if (!filter.wantsRoom(plan.room().roomId().value()) || filter.limit() == 0) {
            return List.of();
        }
        var end = context.request().state().after() ? plan.to() : stateUpTo(window);
        var entries = new LinkedHashMap<StateKey, HeadState>();
        if (plan.knowledge() == Knowledge.UP_TO_FROM) {
            if (end.isAfter(plan.from())) {
                entries.putAll(changes(end));
            }
        } else {
            require(head.reachesBackTo(end));
            require(filter.members().lazy() || head.members() == RoomHead.Members.ALL);
            // Who comes back is told of all members that changed meanwhile: see RoomStates.
            require(!filter.members().lazy() || !plan.fresh() || context.since().isEmpty());
            entries.putAll(head.stateAt(end));
            if (filter.members().lazy()) {
                entries.keySet().removeIf(key -> key.type().equals(MEMBER));
            }
        }
        if (filter.members().lazy()) {
            addMembers(window, summary, end, entries);
        }
        return entries.values().stream()
                .filter(state -> filter.wants(state.key().type(), state.sender()))
                .toList();
    }

    /// What changed of the state behind what the client knows; what is gone cannot be told.
    private Map<StateKey, HeadState> changes(Position end) throws BeyondHeadException {
        Map<StateKey, HeadState> changes;
        if (head.reachesBackTo(plan.from())) {
            changes = head.changes(plan.from(), end);
        } else {
            require(beyond.earlier().isPresent() && head.reachesBackTo(end));
            changes = new LinkedHashMap<>(beyond.earlier().get());
            changes.putAll(head.changes(head.floor(), end));
        }
        changes.values().removeIf(HeadState::isGone);
        return changes;
    }

    private Position stateUpTo(Window window) {
        if (window.gap() == Gap.YES || plan.knowledge() != Knowledge.UP_TO_FROM) {
            return window.first()
                    .map(row -> new Position(Math.max(0, row.pos() - 1)))
                    .orElse(plan.to());
        }
        return plan.from();
    }

    /// Members whom the answer shows: senders, heroes of whomever, and the viewer.
    private void addMembers(
            Window window,
            Optional<SummaryBasis> summary,
            Position end,
            Map<StateKey, HeadState> entries)
            throws BeyondHeadException {
        Set<StateKey> shown = new HashSet<>();
        window.events().forEach(seen -> shown.add(new StateKey(MEMBER, seen.event().sender())));
        summary.ifPresent(basis -> {
            // The others' heroes do no harm, and the bytes can be shared.
            var heroes =
                    basis.present().size() > 1
                            ? basis.present().stream()
                            : Stream.concat(basis.present().stream(), basis.gone().stream());
            heroes.forEach(hero -> shown.add(new StateKey(MEMBER, hero.userId().value())));
        });
        if (plan.knowledge() != Knowledge.UP_TO_FROM) {
            shown.add(own);
        }
        shown.removeAll(entries.keySet());
        if (!shown.isEmpty()) {
            require(head.reachesBackTo(end));
        }
        for (var key : shown) {
            if (head.knows(key)) {
                head.find(key, end).ifPresent(state -> entries.put(key, state));
            } else {
                require(key.equals(own));
                beyond.ownMember().ifPresent(state -> entries.put(key, state));
            }
        }
    }

    private static void require(boolean held) throws BeyondHeadException {
        if (!held) {
            throw new BeyondHeadException();
        }
    }

    /// The head does not hold what is asked. Has no stack trace: nothing is wrong.
    private static final class BeyondHeadException extends Exception {
        private static final long serialVersionUID = 1L;

        BeyondHeadException() {
            super("The head does not hold it", null, false, false);
        }
    }
}
