package dev.lares.client.sync;

import dev.lares.client.sync.RoomPlan.Knowledge;
import dev.lares.client.sync.SyncRequest.FullState;
import dev.lares.core.accountdata.AccountDataRow;
import dev.lares.core.filter.Filter;
import dev.lares.core.log.LastChanges;
import dev.lares.core.log.Position;
import dev.lares.core.membership.RoomMembership;
import dev.lares.core.membership.UserRooms;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Decides which rooms an answer has to look at, from what is in memory.
@Component
class RoomPlans {
    private final UserRooms memberships;
    private final RoomRefs rooms;
    private final LastChanges changes;

    RoomPlans(UserRooms memberships, RoomRefs rooms, LastChanges changes) {
        this.memberships = memberships;
        this.rooms = rooms;
        this.changes = changes;
    }

    /// The rooms of which there may be something to tell, by what the user is in them.
    Plans of(SyncContext context) {
        var withData =
                context.accountData().stream()
                        .map(AccountDataRow::roomNid)
                        .collect(Collectors.toSet());
        var all = within(context, withData);
        var candidates = all.stream().filter(room -> isCandidate(room, withData, context)).toList();
        if (candidates.isEmpty()) {
            return Plans.NONE;
        }
        Map<Long, RoomRef> refs =
                rooms.findAll(candidates.stream().map(RoomMembership::roomNid).toList()).stream()
                        .collect(Collectors.toMap(RoomRef::roomNid, Function.identity()));
        var joined = new ArrayList<RoomPlan>();
        var invited = new ArrayList<RoomPlan>();
        var knocked = new ArrayList<RoomPlan>();
        var left = new ArrayList<RoomPlan>();
        for (var membership : candidates) {
            var room = refs.get(membership.roomNid());
            if (room != null) {
                var plan = plan(room, membership, context);
                switch (membership.membership()) {
                    case JOIN -> joined.add(plan);
                    case INVITE -> invited.add(plan);
                    case KNOCK -> knocked.add(plan);
                    case LEAVE, BAN -> left.add(plan);
                }
            }
        }
        return new Plans(joined, invited, knocked, left);
    }

    /// The user's rooms, or of these only the ones that changed where they are known to be few.
    private List<RoomMembership> within(SyncContext context, Set<Long> withData) {
        var userNid = context.viewer().userNid();
        var changed =
                context.request().fullState() == FullState.ALL
                        ? Optional.<Set<Long>>empty()
                        : context.since().flatMap(changes::roomsChanged);
        if (changed.isEmpty()) {
            return memberships.at(userNid, context.to());
        }
        var few = new HashSet<>(changed.get());
        few.addAll(withData);
        return few.isEmpty() ? List.of() : memberships.at(userNid, context.to(), few);
    }

    private boolean isCandidate(RoomMembership room, Set<Long> withData, SyncContext context) {
        if (!context.filter().wantsRoom(room.roomId().value())) {
            return false;
        }
        if (context.since().isEmpty()) {
            return !room.membership().isGone()
                    || context.filter().leftRooms() == Filter.LeftRooms.INCLUDE;
        }
        var since = context.since().get();
        return switch (room.membership()) {
            case JOIN ->
                    context.request().fullState() == FullState.ALL
                            || changes.roomChanged(room.roomNid(), since)
                            || room.changed().isAfter(since)
                            || withData.contains(room.roomNid());
            case INVITE, KNOCK, LEAVE, BAN -> room.changed().isAfter(since);
        };
    }

    private RoomPlan plan(RoomRef room, RoomMembership membership, SyncContext context) {
        var since = context.since().orElse(Position.ZERO);
        var end = context.to();
        return switch (membership.membership()) {
            case JOIN -> {
                if (membership.since().isAfter(since)) {
                    yield new RoomPlan(room, membership, Position.ZERO, end, Knowledge.NOTHING);
                }
                yield new RoomPlan(
                        room,
                        membership,
                        since,
                        end,
                        context.request().fullState() == FullState.ALL
                                ? Knowledge.TIMELINE_UP_TO_FROM
                                : Knowledge.UP_TO_FROM);
            }
            case INVITE, KNOCK ->
                    new RoomPlan(room, membership, Position.ZERO, end, Knowledge.NOTHING);
            case LEAVE, BAN -> left(room, membership, context);
        };
    }

    /// What happened up to the end of the user's last stay, which later changes of the membership
    /// (an invitation that was declined, a ban that was lifted) do not make longer.
    private RoomPlan left(RoomRef room, RoomMembership membership, SyncContext context) {
        var since = context.since().orElse(Position.ZERO);
        var stay = memberships.lastStay(membership.userNid(), room.roomNid(), context.to());
        if (stay.isEmpty() || !stay.get().left().isAfter(since)) {
            return new RoomPlan(room, membership, since, membership.changed(), Knowledge.OUTSIDE);
        }
        var left = stay.get().left();
        return context.since().isEmpty() || stay.get().joined().isAfter(since)
                ? new RoomPlan(room, membership, Position.ZERO, left, Knowledge.NOTHING)
                : new RoomPlan(room, membership, since, left, Knowledge.UP_TO_FROM);
    }

    /// @param joined in the order of their internal numbers, as the others
    record Plans(
            List<RoomPlan> joined,
            List<RoomPlan> invited,
            List<RoomPlan> knocked,
            List<RoomPlan> left) {
        static final Plans NONE = new Plans(List.of(), List.of(), List.of(), List.of());

        boolean isEmpty() {
            return joined.isEmpty() && invited.isEmpty() && knocked.isEmpty() && left.isEmpty();
        }
    }
}
