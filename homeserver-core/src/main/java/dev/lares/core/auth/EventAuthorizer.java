package dev.lares.core.auth;

import static dev.lares.core.auth.Authorization.reject;

import dev.lares.core.event.Pdu;

/// The [authorization rules](https://spec.matrix.org/v1.19/server-server-api/#authorisation-rules)
/// of every room version, as a pure function of an event and a state.
///
/// Signatures have been verified before (check 2 on receipt); here they only count as present or
/// absent, so an event of our own is signed first and authorised then. Those of a third-party
/// invite are the exception: their keys stand in the state, and they are verified here.
public final class EventAuthorizer {
    private EventAuthorizer() {}

    /// Authorises an event against a state: the one before the event (check 5 on receipt) or the
    /// current one (check 6). For check 4, see [AuthEventsCheck].
    ///
    /// @param event in the format of its room version
    /// @param state holds only events of the same room
    public static AuthDecision check(Pdu event, RoomState state) {
        // v1 rule 1
        if (event.type().equals(StateTypes.CREATE)) {
            return CreateRules.check(event);
        }
        var numbers = RuleNumbers.of(event.roomVersion());
        var create = state.find(StateTypes.CREATE, "");
        if (event.roomVersion().rules().roomIdFromCreateEvent()) {
            // v12 rule 2: the room ID is the ID of an accepted create event.
            if (create.filter(found -> givesRoomIdOf(event, found)).isEmpty()) {
                return reject(numbers.roomId(), "the room ID is not that of a create event");
            }
        }
        if (create.isEmpty()) {
            // v1 rule 2.4, where no auth events are looked at.
            return reject(numbers.authEvents(4), "the room has no create event");
        }
        return check(new Authorization(event, create.get(), state));
    }

    private static AuthDecision check(Authorization auth) {
        var event = auth.event();
        var numbers = auth.numbers();
        // v1 rule 3: only the creator's server takes part where federation is off.
        if (isLocalOnly(auth.create())
                && !Domains.of(auth.sender()).equals(Domains.of(auth.create().sender().value()))) {
            return reject(numbers.federate(), "the room does not federate");
        }
        // v1 rule 4
        if (auth.rules().aliasesAuthorised() && event.type().equals(StateTypes.ALIASES)) {
            return checkAliases(auth);
        }
        // v1 rule 5
        if (event.type().equals(StateTypes.MEMBER)) {
            return MembershipRules.check(auth);
        }
        // v1 rule 6: what follows is for members only.
        if (auth.senderMembership() != MemberState.JOIN) {
            return reject(numbers.senderJoined(), "the sender has not joined the room");
        }
        // v1 rule 7.1: who may invite may invite by e-mail, whatever the type's level.
        if (event.type().equals(StateTypes.THIRD_PARTY_INVITE)) {
            return auth.senderLevel() >= auth.levels().invite()
                    ? AuthDecision.allowed()
                    : reject(numbers.thirdPartyInviteLevel(), "the sender may not invite");
        }
        // v1 rule 8: the type needs a level.
        if (auth.levels().requiredFor(event) > auth.senderLevel()) {
            return reject(numbers.requiredLevel(), "the sender may not send events of this type");
        }
        // v1 rule 9: a state key that is a user ID belongs to that user.
        if (event.stateKey().filter(key -> key.startsWith("@")).isPresent()
                && !event.stateKey().get().equals(auth.sender())) {
            return reject(numbers.userStateKey(), "the state key is another user's ID");
        }
        // v1 rule 10
        if (event.type().equals(StateTypes.POWER_LEVELS)) {
            return PowerLevelRules.check(auth);
        }
        // v1 rule 11
        if (auth.rules().redactionAuthorisedBySender()
                && event.type().equals(StateTypes.REDACTION)) {
            return checkRedaction(auth);
        }
        // v1 rule 12
        return AuthDecision.allowed();
    }

    private static AuthDecision checkAliases(Authorization auth) {
        var stateKey = auth.event().stateKey();
        // v1 rule 4.1
        if (stateKey.isEmpty()) {
            return reject(auth.numbers().aliases(1), "aliases are state");
        }
        // v1 rule 4.2: a server lists its own aliases, and need not be in the room for it.
        if (!stateKey.get().equals(Domains.of(auth.sender()))) {
            return reject(auth.numbers().aliases(2), "the aliases are another server's");
        }
        // v1 rule 4.3
        return AuthDecision.allowed();
    }

    private static AuthDecision checkRedaction(Authorization auth) {
        // v1 rule 11.1: moderators redact everything.
        if (auth.senderLevel() >= auth.levels().redact()) {
            return AuthDecision.allowed();
        }
        // v1 rule 11.2: a server redacts events of its own. Without a target there is none.
        var ownDomain = Domains.of(auth.event().eventId().value());
        if (auth.event()
                .redacts()
                .filter(target -> Domains.of(target.value()).equals(ownDomain))
                .isPresent()) {
            return AuthDecision.allowed();
        }
        // v1 rule 11.3
        return reject(auth.numbers().redaction(3), "the sender may not redact that event");
    }

    /// Only `false` turns federation off; what is no boolean is not `false`.
    private static boolean isLocalOnly(Pdu create) {
        var federate = create.content().get("m.federate");
        return federate != null && federate.isBoolean() && !federate.booleanValue();
    }

    private static boolean givesRoomIdOf(Pdu event, Pdu create) {
        return event.roomId().value().substring(1).equals(create.eventId().value().substring(1));
    }
}
