package dev.lares.core.auth;

import static dev.lares.core.auth.Authorization.reject;

import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Check 4 on [receipt of a
/// PDU](https://spec.matrix.org/v1.19/server-server-api/#checks-performed-on-receipt-of-a-pdu):
/// whether an event's auth events are a proper choice, and allow it.
public final class AuthEventsCheck {
    private AuthEventsCheck() {}

    /// @param authEvents the events that `event` names in `auth_events`, each as often as it is
    ///   named; all of them must be known
    /// @param rejected whether one of these, or the create event, was rejected
    /// @param create v12: the create event whose ID is the room's, if it is known; not asked for in
    ///   older versions
    public static AuthDecision check(
            Pdu event, List<Pdu> authEvents, Predicate<Pdu> rejected, Optional<Pdu> create) {
        if (event.type().equals(StateTypes.CREATE)) {
            return CreateRules.check(event);
        }
        var numbers = RuleNumbers.of(event.roomVersion());
        boolean impliedCreate = event.roomVersion().rules().roomIdFromCreateEvent();
        var accepted =
                create.filter(found -> found.is(StateTypes.CREATE, "")).filter(rejected.negate());
        // v12 rule 2: the room's create event is accepted.
        if (impliedCreate && accepted.isEmpty()) {
            return reject(numbers.roomId(), "the room ID is not that of an accepted create event");
        }
        var selected = AuthEventSelection.of(event);
        var byKey = new HashMap<StateKey, Pdu>();
        for (var entry : authEvents) {
            var key = entry.stateKey().map(stateKey -> new StateKey(entry.type(), stateKey));
            // v1 rule 2.1: each place in the state is cited once.
            if (key.isPresent() && byKey.put(key.get(), entry) != null) {
                return reject(
                        numbers.authEvents(1), "auth_events cites a place in the state twice");
            }
            // v1 rule 2.2: only what gives permission is cited.
            if (key.filter(selected::contains).isEmpty()) {
                return reject(numbers.authEvents(2), "auth_events cites what gives no permission");
            }
            // v1 rule 2.3
            if (rejected.test(entry)) {
                return reject(numbers.authEvents(3), "auth_events cites a rejected event");
            }
            // v1 rule 2.5
            if (!entry.roomId().equals(event.roomId())) {
                return reject(numbers.authEvents(5), "auth_events cites an event of another room");
            }
        }
        if (impliedCreate) {
            accepted.ifPresent(found -> byKey.put(new StateKey(StateTypes.CREATE, ""), found));
        } else if (!byKey.containsKey(new StateKey(StateTypes.CREATE, ""))) {
            // v1 rule 2.4
            return reject(numbers.authEvents(4), "auth_events cites no create event");
        }
        return EventAuthorizer.check(event, key -> Optional.ofNullable(byKey.get(key)));
    }
}
