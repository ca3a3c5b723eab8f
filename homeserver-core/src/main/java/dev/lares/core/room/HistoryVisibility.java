package dev.lares.core.room;

import dev.lares.core.membership.Membership;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Who may read what was sent before they came ([room history
/// visibility](https://spec.matrix.org/v1.19/client-server-api/#room-history-visibility)).
public enum HistoryVisibility {
    WORLD_READABLE,
    SHARED,
    INVITED,
    JOINED;

    public static final String TYPE = "m.room.history_visibility";

    /// What an event's content sets; `shared` where it sets nothing that we understand.
    public static HistoryVisibility of(Optional<ObjectNode> content) {
        var value =
                content.map(tree -> tree.get("history_visibility"))
                        .filter(node -> node.isString())
                        .map(node -> node.stringValue())
                        .orElse("");
        return switch (value) {
            case "world_readable" -> WORLD_READABLE;
            case "invited" -> INVITED;
            case "joined" -> JOINED;
            default -> SHARED;
        };
    }

    /// Whether a user may see an event.
    ///
    /// @param membership of the user at the event
    /// @param later whether the user joined at any time after the event
    public boolean allows(Membership membership, JoinedLater later) {
        // Rule 1: what is readable for the world.
        // Rule 2: what was sent while the user was in the room.
        // Rule 3: what is shared with everybody who joined afterwards.
        // Rule 4: from the invitation on.
        return this == WORLD_READABLE
                || membership == Membership.JOIN
                || (this == SHARED && later == JoinedLater.YES)
                || (this == INVITED && membership == Membership.INVITE);
    }

    /// Whether a user joined after an event.
    public enum JoinedLater {
        YES,
        NO
    }
}
