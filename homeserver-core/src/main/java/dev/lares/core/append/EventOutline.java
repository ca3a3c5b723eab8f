package dev.lares.core.append;

import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventDraft;
import dev.lares.core.event.Pdu;
import dev.lares.core.id.EventId;
import dev.lares.core.id.UserId;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the writer must know of an event before it has a place, whoever made it.
record EventOutline(UserId sender, String type, Optional<String> stateKey, ObjectNode content) {
    static EventOutline of(EventDraft draft) {
        return new EventOutline(draft.sender(), draft.type(), draft.stateKey(), draft.content());
    }

    static EventOutline of(Pdu pdu) {
        return new EventOutline(pdu.sender(), pdu.type(), pdu.stateKey(), pdu.content());
    }

    /// Whose membership it sets; throws where that is nobody.
    Optional<UserId> member() {
        return type.equals("m.room.member") ? stateKey.map(UserId::new) : Optional.empty();
    }

    /// Whose membership it sets; other servers may set that of nobody.
    Optional<UserId> memberIfAny() {
        try {
            return member();
        } catch (MatrixException e) {
            return Optional.empty();
        }
    }

    /// Users whom it
    /// [mentions](https://spec.matrix.org/v1.19/client-server-api/#user-and-room-mentions).
    Iterable<JsonNode> mentioned() {
        return content.path("m.mentions").path("user_ids");
    }

    /// Whether it says that it
    /// [relates](https://spec.matrix.org/v1.19/client-server-api/#forming-relationships-between-events)
    /// to another event.
    boolean relates() {
        var relation = content.path("m.relates_to");
        return relation.path("rel_type").isString() && relation.path("event_id").isString();
    }

    /// [The thread](https://spec.matrix.org/v1.19/client-server-api/#threading) that it belongs to.
    Optional<EventId> threadRoot() {
        var relation = content.path("m.relates_to");
        if (stateKey.isPresent()
                || !relation.path("rel_type").stringValueOpt().orElse("").equals("m.thread")) {
            return Optional.empty();
        }
        try {
            return relation.path("event_id").stringValueOpt().map(EventId::new);
        } catch (MatrixException e) {
            return Optional.empty(); // of no thread that there can be
        }
    }
}
