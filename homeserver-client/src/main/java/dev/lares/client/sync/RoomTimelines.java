package dev.lares.client.sync;

import dev.lares.client.roomhead.ReadyJson;
import dev.lares.client.roomhead.RoomHead;
import dev.lares.core.account.ErasedUsers;
import dev.lares.core.id.UserId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Tells the timelines of rooms: from their heads, and where these do not have it from the log.
@Component
public class RoomTimelines {
    private final TimelineWindows windows;
    private final RoomEvents roomEvents;
    private final ErasedUsers erased;
    private final Clock clock;

    RoomTimelines(TimelineWindows windows, RoomEvents roomEvents, ErasedUsers erased, Clock clock) {
        this.windows = windows;
        this.roomEvents = roomEvents;
        this.erased = erased;
        this.clock = clock;
    }

    /// The timelines of all the rooms, by their internal numbers.
    ///
    /// @param heads of those rooms that the viewer is in
    /// @param context its filter says how many events a room gets
    public Map<Long, ToldTimeline> tell(
            List<RoomPlan> plans, Map<Long, RoomHead> heads, SyncContext context) {
        var told = new HashMap<Long, ToldTimeline>();
        var rest = new ArrayList<RoomPlan>();
        long now = clock.millis();
        for (var plan : plans) {
            var head = heads.get(plan.roomNid());
            var timeline =
                    head == null
                            ? Optional.<ToldTimeline>empty()
                            : new HeadTelling(
                                            plan,
                                            head,
                                            context,
                                            HeadTelling.Beyond.NOTHING,
                                            sender -> erased.contains(new UserId(sender)),
                                            now)
                                    .timeline();
            timeline.ifPresentOrElse(
                    known -> told.put(plan.roomNid(), known), () -> rest.add(plan));
        }
        if (!rest.isEmpty()) {
            var read = windows.read(rest, context);
            for (var plan : rest) {
                var window = read.get(plan.roomNid());
                if (window == null) {
                    throw new IllegalStateException("Every planned room gets a window");
                }
                told.put(plan.roomNid(), told(plan, window, context));
            }
        }
        return told;
    }

    private ToldTimeline told(RoomPlan plan, TimelineWindow window, SyncContext context) {
        var json = roomEvents.timeline(plan, window, context);
        var events = new ArrayList<ToldTimeline.Event>(json.size());
        for (int i = 0; i < json.size(); i++) {
            var seen = window.events().get(i);
            var pdu = seen.event().pdu();
            events.add(
                    new ToldTimeline.Event(
                            new ReadyJson(json.get(i)),
                            seen.row().pos(),
                            pdu.type(),
                            pdu.stateKey().orElse(null),
                            pdu.sender().value()));
        }
        return new ToldTimeline(events, window.limited(), window.before());
    }
}
