package dev.lares.core.sending;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.EventId;
import dev.lares.core.room.EventReader;
import dev.lares.core.room.Redactions;
import dev.lares.core.room.Relations;
import dev.lares.core.room.RoomRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Refuses a user's second identical annotation of an event ([avoiding duplicate
/// annotations](https://spec.matrix.org/v1.19/client-server-api/#avoiding-duplicate-annotations)).
@Component
class DuplicateAnnotations {
    /// How many earlier ones are looked at for one that is not redacted.
    private static final int EARLIER_MAX = 20;

    private final Relations relations;
    private final EventReader events;
    private final Redactions redactions;

    DuplicateAnnotations(Relations relations, EventReader events, Redactions redactions) {
        this.relations = relations;
        this.events = events;
        this.redactions = redactions;
    }

    /// Whether the user has sent the same annotation before and not redacted it.
    boolean isDuplicate(RoomRef room, long senderNid, String type, ObjectNode content) {
        var relation = content.path("m.relates_to");
        var target = text(relation.get("event_id"));
        var key = text(relation.get("key"));
        var relType = text(relation.get("rel_type"));
        if (relType.filter("m.annotation"::equals).isEmpty()
                || key.isEmpty()
                || target.filter(id -> id.startsWith("$") && id.length() > 1).isEmpty()) {
            return false;
        }
        var earlier =
                relations.findAnnotations(
                        room, new EventId(target.get()), senderNid, type, key.get(), EARLIER_MAX);
        var found = events.find(room, earlier);
        return found.size() > redactions.findApplied(room, found.values()).size();
    }

    static MatrixException refusal() {
        return new MatrixException(
                ErrorCode.M_DUPLICATE_ANNOTATION, "You have annotated that event so before");
    }

    private static Optional<String> text(@Nullable JsonNode node) {
        // PostgreSQL takes no NUL in a text, so the trigger keeps no such relation either.
        return node != null && node.isString() && node.stringValue().indexOf('\0') < 0
                ? Optional.of(node.stringValue())
                : Optional.empty();
    }
}
