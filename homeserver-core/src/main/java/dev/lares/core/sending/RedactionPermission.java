package dev.lares.core.sending;

import dev.lares.core.auth.PowerLevels;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.room.EventReader;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.room.RoomStateReader;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.web.Requester;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Who may redact what ([redactions](https://spec.matrix.org/v1.19/client-server-api/#redactions)).
/// Checked before a redaction is sent, since from room version 3 on the authorization rules let
/// every redaction pass and servers decide whether it applies.
@Component
class RedactionPermission {
    private static final StateKey POWER_LEVELS = new StateKey("m.room.power_levels", "");
    private static final StateKey CREATE = new StateKey("m.room.create", "");
    private static final StateKey MEMBER_TYPE = new StateKey("m.room.member", "");

    private final EventReader events;
    private final RoomStateReader states;

    RedactionPermission(EventReader events, RoomStateReader states) {
        this.events = events;
        this.states = states;
    }

    void require(Requester requester, RoomRef room, EventId target) {
        var member = new StateKey(MEMBER_TYPE.type(), requester.userId().value());
        var state = states.find(room, List.of(POWER_LEVELS, CREATE, member));
        // Before anything is said of the target, so that outsiders learn nothing of it.
        if (Optional.ofNullable(state.get(member)).filter(RedactionPermission::isJoin).isEmpty()) {
            throw RoomRefs.notInRoom();
        }
        var event =
                events.find(room, target)
                        .filter(StoredEvent::isAccepted)
                        .orElseThrow(() ->
                                new MatrixException(
                                        ErrorCode.M_NOT_FOUND, "There is no such event here"));
        if (isKept(event)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "Events of this type are not redacted");
        }
        if (event.pdu().sender().equals(requester.userId())) {
            return;
        }
        requester.requireNotSuspended();
        if (!hasPower(requester, room, state)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "You have not the power to redact what others sent");
        }
    }

    /// Those of the events that a member may redact.
    List<StoredEvent> permitted(Requester requester, RoomRef room, List<StoredEvent> events) {
        var state = states.find(room, List.of(POWER_LEVELS, CREATE));
        boolean all = !requester.suspended() && hasPower(requester, room, state);
        return events.stream()
                .filter(event -> !isKept(event))
                .filter(event -> all || event.pdu().sender().equals(requester.userId()))
                .toList();
    }

    /// The create event keeps the room together, and the access list its defence: redacted, the one
    /// would say less than the room needs, the other let everybody in.
    private static boolean isKept(StoredEvent event) {
        return event.pdu().is("m.room.create", "") || event.pdu().is("m.room.server_acl", "");
    }

    private static boolean hasPower(
            Requester requester, RoomRef room, Map<StateKey, StoredEvent> state) {
        var create = state.get(CREATE);
        if (create == null) {
            throw new IllegalStateException("room_state: no m.room.create in " + room.roomId());
        }
        var levels =
                PowerLevels.of(
                        Optional.ofNullable(state.get(POWER_LEVELS)).map(StoredEvent::pdu),
                        create.pdu());
        return levels.ofUser(requester.userId()) >= levels.redact();
    }

    private static boolean isJoin(StoredEvent member) {
        var membership = member.pdu().content().get("membership");
        return membership != null
                && membership.isString()
                && membership.stringValue().equals("join");
    }
}
