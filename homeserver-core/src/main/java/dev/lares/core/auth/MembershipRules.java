package dev.lares.core.auth;

import static dev.lares.core.auth.Authorization.reject;

/// The rules of `m.room.member`: rule 5 before v6, 4 from v6 to v11, 5 in v12. Cited as v8 numbers
/// them.
final class MembershipRules {
    static final String AUTHORISER = "join_authorised_via_users_server";

    private final Authorization auth;
    private final RuleNumbers numbers;
    private final String sender;
    private final String target;

    private MembershipRules(Authorization auth, String target) {
        this.auth = auth;
        this.numbers = auth.numbers();
        this.sender = auth.sender();
        this.target = target;
    }

    static AuthDecision check(Authorization auth) {
        var event = auth.event();
        // v8 rule 4.1: a membership is of somebody, and is something.
        if (event.stateKey().isEmpty() || !event.content().has("membership")) {
            return reject(auth.numbers().member(1), "a membership lacks its user or its value");
        }
        return new MembershipRules(auth, event.stateKey().get()).check();
    }

    private AuthDecision check() {
        // v8 rule 4.2.1: who is named as having authorised a join must have signed, on other
        // memberships too.
        if (auth.rules().restrictedJoins()
                && auth.event().content().has(AUTHORISER)
                && !isSignedByAuthoriser()) {
            return reject(numbers.authoriser(), "the authoriser's server has not signed");
        }
        return switch (MemberState.of(auth.event().content())) {
            case JOIN -> checkJoin();
            case INVITE -> checkInvite();
            case LEAVE -> checkLeave();
            case BAN -> checkBan();
            case KNOCK -> auth.rules().knocking() ? checkKnock() : unknownMembership();
            case UNKNOWN, NONE -> unknownMembership();
        };
    }

    private AuthDecision checkJoin() {
        // v8 rule 4.3.1: the creator joins first, when nothing but the create event is there.
        if (auth.event().prevEvents().size() == 1
                && auth.event().prevEvents().getFirst().equals(auth.create().eventId())
                && Creators.isFounder(auth.create(), target)) {
            return AuthDecision.allowed();
        }
        // v8 rule 4.3.2
        if (!sender.equals(target)) {
            return reject(numbers.join(2), "nobody joins for somebody else");
        }
        var membership = auth.senderMembership();
        // v8 rule 4.3.3
        if (membership == MemberState.BAN) {
            return reject(numbers.join(3), "the sender is banned");
        }
        boolean expected = membership == MemberState.INVITE || membership == MemberState.JOIN;
        var rule = auth.joinRule();
        // v8 rule 4.3.4
        if (rule.invitedMayJoin() && expected) {
            return AuthDecision.allowed();
        }
        if (rule.isRestricted()) {
            // v8 rules 4.3.5.1 to 4.3.5.3: invited, or let in by a member who may invite.
            return expected || isAuthorised()
                    ? AuthDecision.allowed()
                    : reject(numbers.restrictedJoin(2), "no member who may invite authorised it");
        }
        // v8 rule 4.3.6
        if (rule == JoinRule.PUBLIC) {
            return AuthDecision.allowed();
        }
        // v8 rule 4.3.7; v8 put the restricted rooms before it.
        return reject(numbers.join(auth.rules().restrictedJoins() ? 7 : 6), "not invited");
    }

    private AuthDecision checkInvite() {
        // v8 rule 4.4.1
        if (auth.event().content().has("third_party_invite")) {
            return ThirdPartyInviteRules.check(auth, target);
        }
        // v8 rule 4.4.2
        if (auth.senderMembership() != MemberState.JOIN) {
            return reject(numbers.invite(2), "the sender has not joined the room");
        }
        // v8 rule 4.4.3
        var membership = auth.membershipOf(target);
        if (membership == MemberState.JOIN || membership == MemberState.BAN) {
            return reject(numbers.invite(3), "the invited user is in the room or banned");
        }
        // v8 rules 4.4.4 and 4.4.5
        return auth.senderLevel() >= auth.levels().invite()
                ? AuthDecision.allowed()
                : reject(numbers.invite(5), "the sender may not invite");
    }

    private AuthDecision checkLeave() {
        var membership = auth.membershipOf(target);
        // v8 rule 4.5.1: one leaves, or turns down an invite, or takes back a knock (v7).
        if (sender.equals(target)) {
            boolean leaves =
                    membership == MemberState.INVITE
                            || membership == MemberState.JOIN
                            || (membership == MemberState.KNOCK && auth.rules().knocking());
            return leaves
                    ? AuthDecision.allowed()
                    : reject(numbers.leave(1), "the sender has nothing to leave");
        }
        // v8 rule 4.5.2
        if (auth.senderMembership() != MemberState.JOIN) {
            return reject(numbers.leave(2), "the sender has not joined the room");
        }
        // v8 rule 4.5.3
        if (membership == MemberState.BAN && auth.senderLevel() < auth.levels().ban()) {
            return reject(numbers.leave(3), "the sender may not lift bans");
        }
        // v8 rules 4.5.4 and 4.5.5
        return auth.senderLevel() >= auth.levels().kick() && outranksTarget()
                ? AuthDecision.allowed()
                : reject(numbers.leave(5), "the sender may not remove that user");
    }

    private AuthDecision checkBan() {
        // v8 rule 4.6.1
        if (auth.senderMembership() != MemberState.JOIN) {
            return reject(numbers.ban(1), "the sender has not joined the room");
        }
        // v8 rules 4.6.2 and 4.6.3
        return auth.senderLevel() >= auth.levels().ban() && outranksTarget()
                ? AuthDecision.allowed()
                : reject(numbers.ban(3), "the sender may not ban that user");
    }

    private AuthDecision checkKnock() {
        // v8 rule 4.7.1
        if (!auth.joinRule().mayKnock()) {
            return reject(numbers.knock(1), "nobody knocks at this room");
        }
        // v8 rule 4.7.2
        if (!sender.equals(target)) {
            return reject(numbers.knock(2), "nobody knocks for somebody else");
        }
        // v8 rules 4.7.3 and 4.7.4
        return switch (auth.senderMembership()) {
            case BAN, INVITE, JOIN ->
                    reject(numbers.knock(4), "the sender is in the room, invited or banned");
            case KNOCK, LEAVE, UNKNOWN, NONE -> AuthDecision.allowed();
        };
    }

    /// v8 rule 4.8.
    private AuthDecision unknownMembership() {
        int last = 6 + (auth.rules().knocking() ? 1 : 0) + (auth.rules().restrictedJoins() ? 1 : 0);
        return reject(numbers.member(last), "the membership is unknown");
    }

    private boolean outranksTarget() {
        return auth.levels().ofUser(target) < auth.senderLevel();
    }

    private boolean isAuthorised() {
        return auth.event()
                .content()
                .path(AUTHORISER)
                .stringValueOpt()
                .filter(user -> auth.membershipOf(user) == MemberState.JOIN)
                .filter(user -> auth.levels().ofUser(user) >= auth.levels().invite())
                .isPresent();
    }

    private boolean isSignedByAuthoriser() {
        return auth.event()
                .content()
                .path(AUTHORISER)
                .stringValueOpt()
                .filter(Domains::isUserId)
                .map(user -> auth.event().json().tree().path("signatures").path(Domains.of(user)))
                .filter(signatures -> !signatures.isEmpty())
                .isPresent();
    }
}
