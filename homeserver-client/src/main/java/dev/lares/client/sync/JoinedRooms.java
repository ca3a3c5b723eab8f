package dev.lares.client.sync;

import dev.lares.core.accountdata.AccountDataRow;
import dev.lares.core.accountdata.AccountDataService;
import dev.lares.core.filter.EventFilter.ThreadCounts;
import dev.lares.core.membership.RoomSummaries;
import dev.lares.core.membership.RoomSummaries.RoomSummary;
import dev.lares.core.unread.UnreadCounts;
import dev.lares.core.unread.UnreadReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Builds the entries of `rooms.join`.
@Component
class JoinedRooms {
    private final TimelineWindows timelines;
    private final RoomStates states;
    private final Ephemerals ephemerals;
    private final AccountDataService accountData;
    private final RoomSummaries summaries;
    private final UnreadReader unread;
    private final RoomEvents roomEvents;

    JoinedRooms(
            TimelineWindows timelines,
            RoomStates states,
            Ephemerals ephemerals,
            AccountDataService accountData,
            RoomSummaries summaries,
            UnreadReader unread,
            RoomEvents roomEvents) {
        this.timelines = timelines;
        this.states = states;
        this.ephemerals = ephemerals;
        this.accountData = accountData;
        this.summaries = summaries;
        this.unread = unread;
        this.roomEvents = roomEvents;
    }

    /// Members of `rooms.join`, without its braces; rooms of which there is nothing to tell are
    /// left out.
    JsonBuffer build(List<RoomPlan> plans, SyncContext context) {
        var windows = timelines.read(plans, context);
        var ephemeral = ephemerals.read(plans, context);
        var data = accountData(plans, context);
        var told = new ArrayList<Entry>();
        for (var plan : plans) {
            var window = require(windows, plan);
            var summary = summary(plan, window, context);
            var entry =
                    new Entry(
                            plan,
                            window,
                            roomEvents.timeline(plan, window, context),
                            roomEvents.state(
                                    plan, states.read(plan, window, summary, context), context),
                            summary,
                            ephemeral.getOrDefault(plan.roomNid(), List.of()),
                            data.getOrDefault(plan.roomNid(), List.of()));
            if (entry.tellsSomething()) {
                told.add(entry);
            }
        }
        var counts =
                unread.at(
                        context.viewer().userNid(),
                        told.stream().map(entry -> entry.plan().room()).toList(),
                        told.stream().map(entry -> entry.plan().membership()).toList(),
                        context.ignored(),
                        context.to());
        var json = new JsonBuffer();
        for (var entry : told) {
            json.name(entry.plan().room().roomId().value());
            write(json, entry, counts.get(entry.plan().roomNid()), context);
        }
        return json;
    }

    private Optional<RoomSummary> summary(
            RoomPlan plan, TimelineWindow window, SyncContext context) {
        boolean mayHaveChanged = window.limited() || !window.events().isEmpty();
        if (plan.knowledge() == RoomPlan.Knowledge.UP_TO_FROM
                && !(mayHaveChanged && states.membersChanged(plan))) {
            return Optional.empty();
        }
        return Optional.of(summaries.at(plan.roomNid(), plan.to(), context.viewer().userId()));
    }

    private Map<Long, List<byte[]>> accountData(List<RoomPlan> plans, SyncContext context) {
        var filter = context.filter().roomAccountData();
        var fresh = plans.stream().filter(RoomPlan::fresh).map(RoomPlan::roomNid).toList();
        var rows = new ArrayList<AccountDataRow>();
        if (!fresh.isEmpty()) {
            rows.addAll(accountData.ofRooms(context.viewer().userNid(), fresh));
        }
        context.accountData().stream()
                .filter(row -> !fresh.contains(row.roomNid()))
                .forEach(rows::add);
        var byRoom = rows.stream().collect(Collectors.groupingBy(AccountDataRow::roomNid));
        Map<Long, List<byte[]>> ready = new HashMap<>();
        for (var plan : plans) {
            var ofRoom = byRoom.getOrDefault(plan.roomNid(), List.of());
            if (!ofRoom.isEmpty() && filter.wantsRoom(plan.room().roomId().value())) {
                ready.put(plan.roomNid(), AccountDataEvents.of(ofRoom, filter));
            }
        }
        return ready;
    }

    private void write(
            JsonBuffer json, Entry entry, @Nullable UnreadCounts counts, SyncContext context) {
        json.openObject();
        entry.summary().ifPresent(summary -> writeSummary(json, summary));
        roomEvents.write(json, entry.window(), entry.timeline(), entry.state(), context);
        events(json, "ephemeral", entry.ephemeral());
        events(json, "account_data", entry.accountData());
        if (counts != null) {
            writeCounts(json, counts, context.filter().timeline().threadCounts());
        }
        json.closeObject();
    }

    private static void writeSummary(JsonBuffer json, RoomSummary summary) {
        json.name("summary").openObject();
        json.name("m.heroes").openArray();
        summary.heroes().forEach(hero -> json.string(hero.userId().value()));
        json.closeArray();
        json.name("m.joined_member_count").number(summary.joined());
        json.name("m.invited_member_count").number(summary.invited());
        json.closeObject();
    }

    private static void writeCounts(JsonBuffer json, UnreadCounts counts, ThreadCounts split) {
        switch (split) {
            case TOGETHER -> count(json.name("unread_notifications"), counts.total());
            case BY_THREAD -> {
                count(json.name("unread_notifications"), counts.main());
                if (!counts.threads().isEmpty()) {
                    json.name("unread_thread_notifications").openObject();
                    counts.threads()
                            .forEach((root, count) -> count(json.name(root.value()), count));
                    json.closeObject();
                }
            }
        }
    }

    private static void count(JsonBuffer json, UnreadCounts.Count count) {
        json.openObject();
        json.name("notification_count").number(count.notifications());
        json.name("highlight_count").number(count.highlights());
        json.closeObject();
    }

    private static void events(JsonBuffer json, String name, List<byte[]> events) {
        if (!events.isEmpty()) {
            json.name(name).openObject().name("events").openArray();
            events.forEach(json::raw);
            json.closeArray().closeObject();
        }
    }

    private static TimelineWindow require(Map<Long, TimelineWindow> windows, RoomPlan plan) {
        var window = windows.get(plan.roomNid());
        if (window == null) {
            throw new IllegalStateException("Every planned room gets a window");
        }
        return window;
    }

    /// What is told of one room.
    private record Entry(
            RoomPlan plan,
            TimelineWindow window,
            List<byte[]> timeline,
            List<byte[]> state,
            Optional<RoomSummary> summary,
            List<byte[]> ephemeral,
            List<byte[]> accountData) {
        boolean tellsSomething() {
            return plan.knowledge() != RoomPlan.Knowledge.UP_TO_FROM
                    || window.limited()
                    || !timeline.isEmpty()
                    || !state.isEmpty()
                    || !ephemeral.isEmpty()
                    || !accountData.isEmpty();
        }
    }
}
