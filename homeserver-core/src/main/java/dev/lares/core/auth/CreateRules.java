package dev.lares.core.auth;

import static dev.lares.core.auth.Authorization.reject;

import dev.lares.core.event.Pdu;
import dev.lares.core.roomversion.RoomVersion;
import tools.jackson.databind.JsonNode;

/// Rule 1: the event that founds a room. It needs no state.
final class CreateRules {
    private CreateRules() {}

    static AuthDecision check(Pdu event) {
        var rules = event.roomVersion().rules();
        var numbers = RuleNumbers.of(event.roomVersion());
        // v1 rule 1.1: nothing comes before it.
        if (!event.prevEvents().isEmpty()) {
            return reject(numbers.create(1), "a create event follows no other event");
        }
        if (rules.roomIdFromCreateEvent()) {
            // v12 rule 1.2: it names no room, since its own ID will be the room's.
            if (event.json().tree().has("room_id")) {
                return reject(numbers.create(2), "a create event has no room_id");
            }
        } else if (!Domains.of(event.roomId().value()).equals(Domains.of(event.sender().value()))) {
            // v1 rule 1.2: the room ID belongs to the sender's server.
            return reject(numbers.create(2), "the room ID is not of the sender's server");
        }
        // v1 rule 1.3: if it names a room version, that must be one.
        var version = event.content().get("room_version");
        if (version != null && !isRecognised(version)) {
            return reject(numbers.create(3), "the room version is not recognised");
        }
        // v1 rule 1.4: it names a creator; v11 dropped that.
        if (rules.creatorInContent() && !event.content().has("creator")) {
            return reject(numbers.create(4), "the create event names no creator");
        }
        // v12 rule 1.4: further creators are a list of user IDs.
        var additional = event.content().get("additional_creators");
        if (rules.privilegedCreators() && additional != null && !areUserIds(additional)) {
            return reject(numbers.create(4), "additional_creators is not a list of user IDs");
        }
        // v1 rule 1.5
        return AuthDecision.allowed();
    }

    private static boolean isRecognised(JsonNode version) {
        return version.stringValueOpt().flatMap(RoomVersion::find).isPresent();
    }

    private static boolean areUserIds(JsonNode value) {
        if (!value.isArray()) {
            return false;
        }
        for (var entry : value) {
            if (!entry.isString() || !Domains.isUserId(entry.stringValue())) {
                return false;
            }
        }
        return true;
    }
}
