package dev.lares.core.sending;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.EventId;
import dev.lares.core.room.EventPlaces;
import dev.lares.core.room.Relations;
import dev.lares.core.room.RoomRef;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// Refuses to start a thread off an event that itself relates to another one ([validation of
/// m.thread relationships](
/// https://spec.matrix.org/v1.19/client-server-api/#validation-of-mthread-relationships)).
@Component
class ThreadRoots {
    private static final int BAD_REQUEST = 400;

    private final EventPlaces events;
    private final Relations relations;

    ThreadRoots(EventPlaces events, Relations relations) {
        this.events = events;
        this.relations = relations;
    }

    /// Whether the content is that of an event in a thread that there can be none of. A root that
    /// is not here may be one.
    boolean isImpossible(RoomRef room, ObjectNode content) {
        var relation = content.path("m.relates_to");
        if (!relation.path("rel_type").stringValueOpt().orElse("").equals("m.thread")) {
            return false;
        }
        return relation.path("event_id")
                .stringValueOpt()
                .flatMap(EventId::find)
                .flatMap(root -> events.find(room, root))
                .filter(root -> relations.relates(room, root))
                .isPresent();
    }

    static MatrixException refusal() {
        return new MatrixException(
                ErrorCode.M_UNKNOWN,
                BAD_REQUEST,
                "A thread does not start off an event that relates to another one");
    }
}
