package dev.lares.core.auth;

import dev.lares.core.event.Pdu;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What the rules see of a user's membership, absence and nonsense included.
enum MemberState {
    JOIN,
    INVITE,
    KNOCK,
    LEAVE,
    BAN,
    /// A value that no room version knows.
    UNKNOWN,
    /// No member event at all.
    NONE;

    static MemberState of(Optional<Pdu> memberEvent) {
        return memberEvent.map(event -> of(event.content())).orElse(NONE);
    }

    /// @param content of an `m.room.member`
    static MemberState of(ObjectNode content) {
        return switch (content.path("membership").stringValueOpt().orElse("")) {
            case "join" -> JOIN;
            case "invite" -> INVITE;
            case "knock" -> KNOCK;
            case "leave" -> LEAVE;
            case "ban" -> BAN;
            default -> UNKNOWN;
        };
    }

    /// Whether an event that sets this membership is checked against the room's join rule.
    boolean mayNeedJoinRule() {
        return this == JOIN || this == INVITE || this == KNOCK;
    }
}
