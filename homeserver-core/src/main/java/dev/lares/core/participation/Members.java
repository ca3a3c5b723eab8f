package dev.lares.core.participation;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.EventId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.StreamRow;
import dev.lares.core.membership.Membership;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.room.RoomStateReader;
import dev.lares.core.sending.StateSending;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads and writes `m.room.member` events for the services of this package.
@Component
class Members {
    static final String TYPE = "m.room.member";

    private final RoomStateReader states;
    private final StateSending sending;

    Members(RoomStateReader states, StateSending sending) {
        this.states = states;
        this.sending = sending;
    }

    /// What a user is in the room now; nothing where the room has never heard of them.
    Optional<Membership> find(RoomRef room, UserId userId) {
        return states.find(room, TYPE, userId.value())
                .map(state -> state.pdu().content().get("membership"))
                .filter(node -> node.isString())
                .flatMap(node -> Membership.find(node.stringValue()));
    }

    /// `M_FORBIDDEN` where the user is not in the room.
    void requireJoined(RoomRef room, UserId userId) {
        if (find(room, userId).filter(now -> now == Membership.JOIN).isEmpty()) {
            throw RoomRefs.notInRoom();
        }
    }

    /// @param content with everything but the membership; taken over
    EventId send(
            RoomRef room, UserId sender, UserId target, Membership membership, ObjectNode content) {
        content.put("membership", membership.value());
        return sending.send(room, sender, TYPE, target.value(), content);
    }

    /// Joins, with rows of other streams in the same append.
    EventId join(RoomRef room, UserId user, ObjectNode content, List<StreamRow> rows) {
        content.put("membership", Membership.JOIN.value());
        return sending.send(room, user, TYPE, user.value(), content, rows);
    }

    /// Content of which only the reason is known.
    static ObjectNode content(Optional<String> reason) {
        var content = JsonNodeFactory.instance.objectNode();
        reason.ifPresent(text -> content.put("reason", text));
        return content;
    }

    static MatrixException forbidden(String message) {
        return new MatrixException(ErrorCode.M_FORBIDDEN, message);
    }
}
