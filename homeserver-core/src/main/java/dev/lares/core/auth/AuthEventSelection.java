package dev.lares.core.auth;

import dev.lares.core.event.EventDraft;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.UserId;
import dev.lares.core.roomversion.RoomVersionRules;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// [Auth events selection](https://spec.matrix.org/v1.19/server-server-api/#auth-events-selection):
/// the places in a room's state whose events give the sender permission to send an event.
public final class AuthEventSelection {
    private AuthEventSelection() {}

    /// The places for an event that is to be made.
    public static Set<StateKey> of(EventDraft draft, RoomVersionRules rules) {
        return select(draft.type(), draft.stateKey(), draft.sender(), draft.content(), rules);
    }

    /// The places for an event that there is.
    public static Set<StateKey> of(Pdu event) {
        return select(
                event.type(),
                event.stateKey(),
                event.sender(),
                event.content(),
                event.roomVersion().rules());
    }

    private static Set<StateKey> select(
            String type,
            Optional<String> stateKey,
            UserId sender,
            ObjectNode content,
            RoomVersionRules rules) {
        var keys = new LinkedHashSet<StateKey>();
        if (type.equals(StateTypes.CREATE)) {
            return keys;
        }
        // v12: the room ID implies the create event, which must not be selected.
        if (!rules.roomIdFromCreateEvent()) {
            keys.add(new StateKey(StateTypes.CREATE, ""));
        }
        keys.add(new StateKey(StateTypes.POWER_LEVELS, ""));
        keys.add(new StateKey(StateTypes.MEMBER, sender.value()));
        if (type.equals(StateTypes.MEMBER)) {
            stateKey.ifPresent(target -> keys.add(new StateKey(StateTypes.MEMBER, target)));
            selectForMembership(keys, content, rules);
        }
        return keys;
    }

    private static void selectForMembership(
            Set<StateKey> keys, ObjectNode content, RoomVersionRules rules) {
        var membership = MemberState.of(content);
        if (membership.mayNeedJoinRule()) {
            keys.add(new StateKey(StateTypes.JOIN_RULES, ""));
        }
        if (membership == MemberState.INVITE) {
            content.path("third_party_invite")
                    .path("signed")
                    .path("token")
                    .stringValueOpt()
                    .ifPresent(
                            token -> keys.add(new StateKey(StateTypes.THIRD_PARTY_INVITE, token)));
        }
        if (membership == MemberState.JOIN && rules.restrictedJoins()) {
            content.path(MembershipRules.AUTHORISER)
                    .stringValueOpt()
                    .ifPresent(user -> keys.add(new StateKey(StateTypes.MEMBER, user)));
        }
    }
}
