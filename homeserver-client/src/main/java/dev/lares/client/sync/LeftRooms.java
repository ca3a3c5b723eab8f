package dev.lares.client.sync;

import dev.lares.core.accountdata.AccountDataService;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Builds the entries of `rooms.leave`: what happened up to the moment at which the user left.
@Component
class LeftRooms {
    private final TimelineWindows timelines;
    private final RoomStates states;
    private final RoomEvents roomEvents;
    private final AccountDataService accountData;

    LeftRooms(
            TimelineWindows timelines,
            RoomStates states,
            RoomEvents roomEvents,
            AccountDataService accountData) {
        this.timelines = timelines;
        this.states = states;
        this.roomEvents = roomEvents;
        this.accountData = accountData;
    }

    /// Members of `rooms.leave`, without its braces.
    JsonBuffer build(List<RoomPlan> plans, SyncContext context) {
        var json = new JsonBuffer();
        if (plans.isEmpty()) {
            return json;
        }
        var windows = timelines.read(plans, context);
        var data =
                accountData
                        .ofRooms(
                                context.viewer().userNid(),
                                plans.stream().map(RoomPlan::roomNid).toList())
                        .stream()
                        .collect(Collectors.groupingBy(row -> row.roomNid()));
        for (var plan : plans) {
            var window = windows.get(plan.roomNid());
            if (window == null) {
                throw new IllegalStateException("Every planned room gets a window");
            }
            var state = states.read(plan, window, Optional.empty(), context);
            json.name(plan.room().roomId().value()).openObject();
            roomEvents.write(
                    json,
                    RoomEvents.Ends.of(window),
                    roomEvents.timeline(plan, window, context),
                    roomEvents.state(plan, state, context),
                    context);
            var ofRoom = data.getOrDefault(plan.roomNid(), List.of());
            json.name("account_data").openObject().name("events").openArray();
            AccountDataEvents.of(ofRoom, context.filter().roomAccountData()).forEach(json::raw);
            json.closeArray().closeObject();
            json.closeObject();
        }
        return json;
    }
}
