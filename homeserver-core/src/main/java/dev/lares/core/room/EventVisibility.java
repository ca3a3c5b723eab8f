package dev.lares.core.room;

import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.RoomMembership;
import dev.lares.core.membership.UserRooms;
import dev.lares.core.room.HistoryVisibility.JoinedLater;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Which events of a room a user may see. Each event is judged by the history visibility and the
/// user's membership at that event, never by what holds now ([server
/// behaviour](https://spec.matrix.org/v1.19/client-server-api/#server-behaviour-5)). A batch costs
/// the same few statements however many events it holds.
@Service
public class EventVisibility {
    private static final StateKey VISIBILITY = new StateKey(HistoryVisibility.TYPE, "");
    private static final String MEMBER = "m.room.member";
    private static final Position NEWEST = new Position(Long.MAX_VALUE);

    private final StateBefore stateBefore;
    private final UserRooms memberships;
    private final Redactions redactions;

    EventVisibility(StateBefore stateBefore, UserRooms memberships, Redactions redactions) {
        this.stateBefore = stateBefore;
        this.memberships = memberships;
        this.redactions = redactions;
    }

    /// Those of the events that the user may see, in the same order. Redactions that do not apply
    /// are left out for everybody.
    public List<SeenEvent> filter(RoomRef room, Viewer viewer, List<TimelineEvent> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var accepted = rows.stream().filter(row -> row.event().isAccepted()).toList();
        var member = new StateKey(MEMBER, viewer.userId().value());
        var before =
                stateBefore.find(
                        room,
                        accepted.stream().map(TimelineEvent::event).toList(),
                        List.of(VISIBILITY, member));
        long lastJoin = lastJoin(viewer.userNid(), room.roomNid());
        var idle = redactions.findIdle(room, accepted);
        var seen = new ArrayList<SeenEvent>(accepted.size());
        for (var row : accepted) {
            if (idle.contains(row.event().nid())) {
                continue;
            }
            var later = lastJoin > row.pos() ? JoinedLater.YES : JoinedLater.NO;
            judge(row, member, before, later).ifPresent(seen::add);
        }
        return seen;
    }

    private Optional<SeenEvent> judge(
            TimelineEvent row, StateKey member, StateBefore.Answers before, JoinedLater later) {
        var event = row.event();
        var visibilityBefore =
                HistoryVisibility.of(
                        before.find(event, VISIBILITY).map(state -> state.pdu().content()));
        var membershipBefore = membership(before.find(event, member).map(state -> state.pdu()));
        // A change of the visibility, and one of the user's own membership, is seen by what holds
        // before or after it.
        var visibilityAfter =
                event.pdu().is(HistoryVisibility.TYPE, "")
                        ? HistoryVisibility.of(Optional.of(event.pdu().content()))
                        : visibilityBefore;
        var membershipAfter =
                event.pdu().is(member.type(), member.stateKey())
                        ? membership(Optional.of(event.pdu()))
                        : membershipBefore;
        boolean allowed =
                visibilityBefore.allows(membershipBefore, later)
                        || visibilityAfter.allows(membershipBefore, later)
                        || visibilityBefore.allows(membershipAfter, later)
                        || visibilityAfter.allows(membershipAfter, later);
        return allowed ? Optional.of(new SeenEvent(row, membershipAfter)) : Optional.empty();
    }

    /// The position of the user's newest join; -∞ where there is none, ∞ where they are in the
    /// room.
    private long lastJoin(long userNid, long roomNid) {
        var now = memberships.at(userNid, roomNid, NEWEST);
        if (now.isEmpty()) {
            return Long.MIN_VALUE;
        }
        if (now.get().membership() == Membership.JOIN) {
            return Long.MAX_VALUE;
        }
        return memberships.history(userNid, roomNid).stream()
                .filter(change -> change.membership() == Membership.JOIN)
                .map(RoomMembership::since)
                .mapToLong(position -> position.value())
                .max()
                .orElse(Long.MIN_VALUE);
    }

    private static Membership membership(Optional<Pdu> memberEvent) {
        return memberEvent
                .map(event -> event.content().get("membership"))
                .filter(node -> node.isString())
                .flatMap(node -> Membership.find(node.stringValue()))
                .orElse(Membership.LEAVE);
    }
}
