package dev.lares.client.sync;

import dev.lares.client.sync.HeadedRooms.Headed;
import dev.lares.core.accountdata.AccountDataRow;
import dev.lares.core.accountdata.AccountDataService;
import dev.lares.core.filter.EventFilter.ThreadCounts;
import dev.lares.core.membership.RoomSummaries;
import dev.lares.core.membership.RoomSummaries.RoomSummary;
import dev.lares.core.unread.UnreadCounts;
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
    /// Has the log asked for all rooms.
    static final Headed NO_HEADS = new Headed(Map.of(), Map.of());

    private final HeadedRooms headedRooms;
    private final TimelineWindows timelines;
    private final RoomStates states;
    private final Ephemerals ephemerals;
    private final AccountDataService accountData;
    private final RoomSummaries summaries;
    private final UnreadCounters unread;
    private final RoomEvents roomEvents;

    JoinedRooms(
            HeadedRooms headedRooms,
            TimelineWindows timelines,
            RoomStates states,
            Ephemerals ephemerals,
            AccountDataService accountData,
            RoomSummaries summaries,
            UnreadCounters unread,
            RoomEvents roomEvents) {
        this.headedRooms = headedRooms;
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
        return build(plans, context, headedRooms.tell(plans, context));
    }

    JsonBuffer build(List<RoomPlan> plans, SyncContext context, Headed headed) {
        var singly =
                tellSingly(
                        plans.stream()
                                .filter(plan -> !headed.told().containsKey(plan.roomNid()))
                                .toList(),
                        context);
        var ephemeral = ephemerals.read(plans, context);
        var data = accountData(plans, context);
        var entries = new ArrayList<Entry>();
        for (var plan : plans) {
            var told = headed.told().get(plan.roomNid());
            var entry =
                    new Entry(
                            plan,
                            told == null ? require(singly, plan) : told,
                            ephemeral.getOrDefault(plan.roomNid(), List.of()),
                            data.getOrDefault(plan.roomNid(), List.of()));
            if (entry.tellsSomething()) {
                entries.add(entry);
            }
        }
        var counts = unread.at(entries.stream().map(Entry::plan).toList(), headed.heads(), context);
        var json = new JsonBuffer();
        for (var entry : entries) {
            json.name(entry.plan().room().roomId().value());
            write(json, entry, counts.get(entry.plan().roomNid()), context);
        }
        return json;
    }

    /// What no head has: asks the log for each of the rooms.
    private Map<Long, ToldRoom> tellSingly(List<RoomPlan> plans, SyncContext context) {
        if (plans.isEmpty()) {
            return Map.of();
        }
        var windows = timelines.read(plans, context);
        var bases =
                summaries.basis(
                        plans.stream()
                                .filter(plan -> tellsSummary(plan, window(windows, plan)))
                                .map(RoomPlan::roomNid)
                                .toList(),
                        context.to());
        var told = new HashMap<Long, ToldRoom>();
        for (var plan : plans) {
            var window = window(windows, plan);
            var basis = Optional.ofNullable(bases.get(plan.roomNid()));
            var timeline = roomEvents.timeline(plan, window, context);
            var state =
                    roomEvents.state(
                            plan,
                            states.read(
                                    plan,
                                    window,
                                    basis.map(one -> one.forUser(context.viewer().userId())),
                                    context),
                            context);
            var json = new JsonBuffer();
            roomEvents.write(json, RoomEvents.Ends.of(window), timeline, state, context);
            boolean says = window.limited() || !timeline.isEmpty() || !state.isEmpty();
            told.put(
                    plan.roomNid(),
                    new ToldRoom(
                            json, says ? ToldRoom.Says.SOMETHING : ToldRoom.Says.NOTHING, basis));
        }
        return told;
    }

    private boolean tellsSummary(RoomPlan plan, TimelineWindow window) {
        boolean mayHaveChanged = window.limited() || !window.events().isEmpty();
        return plan.knowledge() != RoomPlan.Knowledge.UP_TO_FROM
                || (mayHaveChanged && states.membersChanged(plan));
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
        entry.told()
                .summary()
                .ifPresent(basis -> writeSummary(json, basis.forUser(context.viewer().userId())));
        json.members(entry.told().members());
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

    private static TimelineWindow window(Map<Long, TimelineWindow> windows, RoomPlan plan) {
        var window = windows.get(plan.roomNid());
        if (window == null) {
            throw new IllegalStateException("Every planned room gets a window");
        }
        return window;
    }

    private static ToldRoom require(Map<Long, ToldRoom> rooms, RoomPlan plan) {
        var told = rooms.get(plan.roomNid());
        if (told == null) {
            throw new IllegalStateException("Every planned room is told from a head or singly");
        }
        return told;
    }

    /// What is told of one room.
    private record Entry(
            RoomPlan plan, ToldRoom told, List<byte[]> ephemeral, List<byte[]> accountData) {
        boolean tellsSomething() {
            return plan.knowledge() != RoomPlan.Knowledge.UP_TO_FROM
                    || told.says() == ToldRoom.Says.SOMETHING
                    || !ephemeral.isEmpty()
                    || !accountData.isEmpty();
        }
    }
}
