package dev.lares.core.auth;

import dev.lares.core.event.Pdu;
import dev.lares.core.roomversion.RoomVersionRules;
import org.jspecify.annotations.Nullable;

/// One event under authorisation: what the rules ask of it and of the state.
final class Authorization {
    private final Pdu event;
    private final Pdu create;
    private final RoomState state;
    private final RuleNumbers numbers;
    private @Nullable PowerLevels levels;

    Authorization(Pdu event, Pdu create, RoomState state) {
        this.event = event;
        this.create = create;
        this.state = state;
        this.numbers = RuleNumbers.of(event.roomVersion());
    }

    Pdu event() {
        return event;
    }

    Pdu create() {
        return create;
    }

    RoomState state() {
        return state;
    }

    RoomVersionRules rules() {
        return event.roomVersion().rules();
    }

    RuleNumbers numbers() {
        return numbers;
    }

    String sender() {
        return event.sender().value();
    }

    MemberState membershipOf(String userId) {
        return MemberState.of(state.find(StateTypes.MEMBER, userId));
    }

    MemberState senderMembership() {
        return membershipOf(sender());
    }

    JoinRule joinRule() {
        return JoinRule.of(state.find(StateTypes.JOIN_RULES, ""), rules());
    }

    PowerLevels levels() {
        var known = levels;
        if (known == null) {
            known = PowerLevels.of(state.find(StateTypes.POWER_LEVELS, ""), create);
            levels = known;
        }
        return known;
    }

    long senderLevel() {
        return levels().ofUser(sender());
    }

    static AuthDecision reject(String rule, String reason) {
        return new AuthDecision.Rejected(rule, reason);
    }
}
