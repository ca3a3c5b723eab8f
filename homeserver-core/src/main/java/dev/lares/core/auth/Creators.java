package dev.lares.core.auth;

import dev.lares.core.event.Pdu;

/// Who created a room.
final class Creators {
    private Creators() {}

    /// Whether the user is the one whose first join needs no permission, and who has power level
    /// 100 until levels are set. Up to version 10 `content.creator` names that user, and it need
    /// not be the sender.
    static boolean isFounder(Pdu create, String userId) {
        if (create.roomVersion().rules().creatorInContent()) {
            return create.content()
                    .path("creator")
                    .stringValueOpt()
                    .filter(userId::equals)
                    .isPresent();
        }
        return create.sender().value().equals(userId);
    }

    /// v12: whether the user has infinite power.
    static boolean isPrivileged(Pdu create, String userId) {
        if (!create.roomVersion().rules().privilegedCreators()) {
            return false;
        }
        if (create.sender().value().equals(userId)) {
            return true;
        }
        for (var additional : create.content().path("additional_creators")) {
            if (additional.isString() && additional.stringValue().equals(userId)) {
                return true;
            }
        }
        return false;
    }
}
