package dev.lares.client.sync;

import dev.lares.core.filter.EventFilter;
import dev.lares.core.log.Position;
import dev.lares.core.room.EventVisibility;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.SeenEvent;
import dev.lares.core.room.TimelineEvent;
import dev.lares.core.room.TimelineReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Reads the timelines of rooms for an answer.
@Component
class TimelineWindows {
    /// How many rows one look back reads where the filter lets only some events pass.
    private static final int PAGE = 200;

    /// How many such looks one room gets: a filter that nothing passes must not read a whole room.
    private static final int PAGES_MAX = 10;

    private final TimelineReader timelines;
    private final EventVisibility visibility;

    TimelineWindows(TimelineReader timelines, EventVisibility visibility) {
        this.timelines = timelines;
        this.visibility = visibility;
    }

    /// The windows of rooms, by their internal numbers.
    Map<Long, TimelineWindow> read(List<RoomPlan> plans, SyncContext context) {
        var filter = context.filter().timeline();
        Map<Long, TimelineWindow> windows = new HashMap<>();
        var stretches =
                plans.stream()
                        .collect(
                                Collectors.groupingBy(plan -> new Stretch(plan.from(), plan.to())));
        stretches.forEach((stretch, together) -> {
            var rooms = together.stream().map(RoomPlan::room).toList();
            var rows = timelines.newest(rooms, stretch.from(), stretch.to(), filter.limit() + 1);
            for (var plan : together) {
                var newest = rows.getOrDefault(plan.roomNid(), List.of());
                windows.put(plan.roomNid(), window(plan, newest, filter, context));
            }
        });
        return windows;
    }

    private TimelineWindow window(
            RoomPlan plan, List<TimelineEvent> newest, EventFilter filter, SyncContext context) {
        var room = plan.room();
        if (!filter.wantsRoom(room.roomId().value())) {
            return of(plan, List.of(), Shown.NOTHING, Limited.NO, context);
        }
        boolean more = newest.size() > filter.limit();
        if (filter.wantsAllEvents() || !more) {
            var kept =
                    more ? newest.subList(newest.size() - filter.limit(), newest.size()) : newest;
            return of(
                    plan,
                    kept,
                    wanted(room, kept, filter, context),
                    more ? Limited.YES : Limited.NO,
                    context);
        }
        return lookBack(plan, newest, filter, context);
    }

    /// Goes back until enough events pass the filter.
    private TimelineWindow lookBack(
            RoomPlan plan, List<TimelineEvent> newest, EventFilter filter, SyncContext context) {
        List<TimelineEvent> rows = newest;
        var shown = wanted(plan.room(), newest, filter, context);
        var passed = new ArrayList<>(shown.events());
        long hidden = shown.hiddenState();
        for (int page = 0; page < PAGES_MAX && passed.size() <= filter.limit(); page++) {
            var before = new Position(Math.max(0, rows.getFirst().pos() - 1));
            var older =
                    timelines
                            .newest(List.of(plan.room()), plan.from(), before, PAGE)
                            .getOrDefault(plan.roomNid(), List.of());
            if (older.isEmpty()) {
                return of(plan, rows, new Shown(passed, hidden), Limited.NO, context);
            }
            shown = wanted(plan.room(), older, filter, context);
            passed.addAll(0, shown.events());
            hidden = Math.max(hidden, shown.hiddenState());
            rows = older;
        }
        if (passed.size() > filter.limit()) {
            var kept = passed.subList(passed.size() - filter.limit(), passed.size());
            var first = kept.isEmpty() ? List.<TimelineEvent>of() : List.of(kept.getFirst().row());
            return of(plan, first, new Shown(kept, hidden), Limited.YES, context);
        }
        return of(plan, rows, new Shown(passed, hidden), Limited.YES, context);
    }

    private Shown wanted(
            RoomRef room, List<TimelineEvent> rows, EventFilter filter, SyncContext context) {
        var passing =
                rows.stream()
                        .filter(row -> filter.wantsAllEvents() || passes(row, filter))
                        .filter(row -> !isIgnored(row, context))
                        .toList();
        var seen = visibility.filter(room, context.viewer(), passing);
        return new Shown(seen, seen.size() == passing.size() ? 0 : hiddenState(passing, seen));
    }

    /// The position of the newest state event that the user may not see; zero where there is none.
    private static long hiddenState(List<TimelineEvent> rows, List<SeenEvent> seen) {
        var visible = seen.stream().map(event -> event.row().pos()).collect(Collectors.toSet());
        return rows.stream()
                .filter(row -> row.event().isAccepted() && row.event().pdu().isState())
                .mapToLong(TimelineEvent::pos)
                .filter(pos -> !visible.contains(pos))
                .max()
                .orElse(0);
    }

    private static boolean passes(TimelineEvent row, EventFilter filter) {
        var pdu = row.event().pdu();
        return filter.wants(pdu.type(), pdu.sender().value())
                && filter.containsUrl()
                        .map(wanted -> wanted == pdu.content().path("url").isString())
                        .orElse(true);
    }

    /// State of ignored users stays, or rooms would look broken ([server
    /// behaviour](https://spec.matrix.org/v1.19/client-server-api/#server-behaviour-13)).
    private static boolean isIgnored(TimelineEvent row, SyncContext context) {
        var pdu = row.event().pdu();
        return !pdu.isState() && context.ignored().contains(pdu.sender().value());
    }

    /// @param rows from the first that is told on, before filters
    private static TimelineWindow of(
            RoomPlan plan,
            List<TimelineEvent> rows,
            Shown shown,
            Limited limited,
            SyncContext context) {
        if (shown.hiddenState() > 0 && plan.fresh() && !context.request().state().after()) {
            var behind = shown.behindHiddenState();
            if (!behind.isEmpty()) {
                return of(plan, behind, List.of(behind.getFirst().row()), Limited.YES);
            }
        }
        return of(plan, shown.events(), rows, limited);
    }

    private static TimelineWindow of(
            RoomPlan plan, List<SeenEvent> events, List<TimelineEvent> rows, Limited limited) {
        boolean gap = limited == Limited.YES;
        var first = rows.isEmpty() ? Optional.<TimelineEvent>empty() : Optional.of(rows.getFirst());
        Position stateUpTo;
        if (gap || plan.knowledge() != RoomPlan.Knowledge.UP_TO_FROM) {
            stateUpTo =
                    first.map(row -> new Position(Math.max(0, row.pos() - 1))).orElse(plan.to());
        } else {
            stateUpTo = plan.from();
        }
        return new TimelineWindow(events, gap, stateUpTo, first.map(row -> row.place().before()));
    }

    /// What of a stretch is shown.
    ///
    /// @param hiddenState position of the newest state event that the user may not see. Who learns
    ///   the state from the start of the timeline and what the timeline shows would miss it: so the
    ///   timeline starts behind it, and what is visible before it can be had as older events.
    private record Shown(List<SeenEvent> events, long hiddenState) {
        static final Shown NOTHING = new Shown(List.of(), 0);

        List<SeenEvent> behindHiddenState() {
            return events.stream().filter(seen -> seen.row().pos() > hiddenState).toList();
        }
    }

    private enum Limited {
        YES,
        NO
    }

    private record Stretch(Position from, Position to) {}
}
