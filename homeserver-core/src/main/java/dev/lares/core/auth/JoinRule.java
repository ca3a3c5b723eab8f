package dev.lares.core.auth;

import dev.lares.core.event.Pdu;
import dev.lares.core.roomversion.RoomVersionRules;
import java.util.Optional;

/// The `join_rule` of a room. `private` is reserved and opens nothing, as does what its version
/// does not know.
public enum JoinRule {
    PUBLIC("public"),
    INVITE("invite"),
    KNOCK("knock"),
    RESTRICTED("restricted"),
    KNOCK_RESTRICTED("knock_restricted"),
    UNKNOWN("private");

    private final String value;

    JoinRule(String value) {
        this.value = value;
    }

    /// As the specification writes it; `private` where it opens nothing.
    public String value() {
        return value;
    }

    /// The rule that the room's `m.room.join_rules` sets, as far as its version knows it.
    ///
    /// The specification leaves open what counts where there is no such event or no `join_rule` in
    /// it. `invite` is what a room without the event has meant in practice: nobody gets in who was
    /// not asked, and members may still change their profiles.
    public static JoinRule of(Optional<Pdu> joinRules, RoomVersionRules rules) {
        var value = joinRules.map(event -> event.content().get("join_rule"));
        if (value.isEmpty()) {
            return INVITE;
        }
        return switch (value.get().stringValueOpt().orElse("")) {
            case "public" -> PUBLIC;
            case "invite" -> INVITE;
            case "knock" -> rules.knocking() ? KNOCK : UNKNOWN;
            case "restricted" -> rules.restrictedJoins() ? RESTRICTED : UNKNOWN;
            case "knock_restricted" -> rules.knockRestrictedJoins() ? KNOCK_RESTRICTED : UNKNOWN;
            default -> UNKNOWN;
        };
    }

    /// v7: whoever was invited may join where people knock.
    boolean invitedMayJoin() {
        return this == INVITE || this == KNOCK;
    }

    /// v8: a member may let a user in who meets the room's conditions.
    public boolean isRestricted() {
        return this == RESTRICTED || this == KNOCK_RESTRICTED;
    }

    public boolean mayKnock() {
        return this == KNOCK || this == KNOCK_RESTRICTED;
    }
}
