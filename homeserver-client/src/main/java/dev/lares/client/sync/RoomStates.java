package dev.lares.client.sync;

import dev.lares.core.event.StateKey;
import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.RoomSummaries.RoomSummary;
import dev.lares.core.membership.UserRooms;
import dev.lares.core.room.EventReader;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.state.StateEntry;
import dev.lares.core.state.StateReader;
import dev.lares.core.state.StateSelection;
import dev.lares.core.state.StateWindow;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Reads the state that goes with a room's timeline: the whole one, or what changed.
@Component
class RoomStates {
    private static final String MEMBER = StateSelection.MEMBER;

    private final StateReader states;
    private final EventReader events;
    private final UserRooms memberships;

    RoomStates(StateReader states, EventReader events, UserRooms memberships) {
        this.states = states;
        this.events = events;
        this.memberships = memberships;
    }

    /// The state events of one room's answer, those that the filter does not want left out.
    ///
    /// @param summary present where it is told, so that the members who make the room's name are
    ///   too
    List<StoredEvent> read(
            RoomPlan plan,
            TimelineWindow window,
            Optional<RoomSummary> summary,
            SyncContext context) {
        var filter = context.filter().state();
        if (!filter.wantsRoom(plan.room().roomId().value())) {
            return List.of();
        }
        var end = context.request().state().after() ? plan.to() : window.stateUpTo();
        var entries =
                switch (plan.knowledge()) {
                    case UP_TO_FROM -> changes(plan, end);
                    case TIMELINE_UP_TO_FROM, NOTHING -> whole(plan, end, context);
                    case OUTSIDE -> ownMembership(plan, end, context);
                };
        if (filter.members().lazy() && plan.knowledge() != RoomPlan.Knowledge.OUTSIDE) {
            addMembers(plan, end, window, summary, entries, context);
            addMissed(plan, end, entries, context);
        }
        var found = events.find(plan.room(), entries.values());
        return entries.values().stream()
                .map(found::get)
                .filter(event -> event != null)
                .filter(event -> filter.wants(event.pdu().type(), event.pdu().sender().value()))
                .limit(filter.limit() == 0 ? 0 : Long.MAX_VALUE)
                .toList();
    }

    /// Whether memberships changed in the stretch, so that a summary has to be told.
    boolean membersChanged(RoomPlan plan) {
        return changes(plan, plan.to()).keySet().stream()
                .anyMatch(key -> key.type().equals(MEMBER));
    }

    private Map<StateKey, Long> changes(RoomPlan plan, Position end) {
        return changes(plan.roomNid(), plan.from(), end);
    }

    private Map<StateKey, Long> changes(long roomNid, Position from, Position end) {
        if (!end.isAfter(from)) {
            return new LinkedHashMap<>();
        }
        var window = new StateWindow(roomNid, from, end);
        var changed =
                states.delta(List.of(window), StateSelection.whole())
                        .getOrDefault(roomNid, List.of());
        return byKey(changed);
    }

    private Map<StateKey, Long> whole(RoomPlan plan, Position end, SyncContext context) {
        var selection =
                context.filter().state().members().lazy()
                        ? StateSelection.withoutMembers()
                        : StateSelection.whole();
        return byKey(
                states.stateAt(List.of(plan.roomNid()), end, selection)
                        .getOrDefault(plan.roomNid(), List.of()));
    }

    /// Where the state is told up to the start of the timeline, the timeline has it.
    private Map<StateKey, Long> ownMembership(RoomPlan plan, Position end, SyncContext context) {
        if (!context.request().state().after()) {
            return Map.of();
        }
        var own = Set.of(member(context.viewer().userId().value()));
        return byKey(
                states.stateAt(Map.of(plan.roomNid(), own), end)
                        .getOrDefault(plan.roomNid(), List.of()));
    }

    /// Members whom the answer shows; those whose membership changed are there already.
    private void addMembers(
            RoomPlan plan,
            Position end,
            TimelineWindow window,
            Optional<RoomSummary> summary,
            Map<StateKey, Long> entries,
            SyncContext context) {
        Set<StateKey> shown = new HashSet<>();
        window.events().forEach(seen -> shown.add(member(seen.event().pdu().sender().value())));
        summary.ifPresent(
                told -> told.heroes().forEach(hero -> shown.add(member(hero.userId().value()))));
        if (plan.knowledge() != RoomPlan.Knowledge.UP_TO_FROM) {
            shown.add(member(context.viewer().userId().value()));
        }
        shown.removeAll(entries.keySet());
        if (!shown.isEmpty()) {
            var found =
                    states.stateAt(Map.of(plan.roomNid(), shown), end)
                            .getOrDefault(plan.roomNid(), List.of());
            entries.putAll(byKey(found));
        }
    }

    /// Members that changed while the user left and came back, all of it since the last answer: the
    /// client still knows them as they were before, and the timeline may not show the change.
    private void addMissed(
            RoomPlan plan, Position end, Map<StateKey, Long> entries, SyncContext context) {
        if (plan.fresh() && wasInRoom(plan, context)) {
            var since = context.since().orElseThrow();
            changes(plan.roomNid(), since, end).entrySet().stream()
                    .filter(entry -> entry.getKey().type().equals(MEMBER))
                    .forEach(entry -> entries.putIfAbsent(entry.getKey(), entry.getValue()));
        }
    }

    private boolean wasInRoom(RoomPlan plan, SyncContext context) {
        return context.since()
                .flatMap(since -> memberships.at(context.viewer().userNid(), plan.roomNid(), since))
                .filter(before -> before.membership() == Membership.JOIN)
                .isPresent();
    }

    private static StateKey member(String userId) {
        return new StateKey(MEMBER, userId);
    }

    /// Removed keys are left out: neither form of the answer has a way to say it.
    private static Map<StateKey, Long> byKey(List<StateEntry> entries) {
        var byKey = new LinkedHashMap<StateKey, Long>();
        for (var entry : entries) {
            if (entry.eventNid() != 0) {
                byKey.put(entry.key(), entry.eventNid());
            }
        }
        return byKey;
    }
}
