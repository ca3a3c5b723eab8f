package dev.lares.core.relations;

import dev.lares.core.event.Pdu;
import dev.lares.core.id.EventId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The [relationship types](https://spec.matrix.org/v1.19/client-server-api/#relationship-types)
/// that are aggregated.
public final class RelationTypes {
    public static final String REPLACE = "m.replace";
    public static final String THREAD = "m.thread";
    public static final String REFERENCE = "m.reference";

    private RelationTypes() {}

    /// How an event says that it relates to another one; absent where it does not, as for rich
    /// replies.
    public static Optional<String> of(Pdu pdu) {
        var relation = pdu.content().path("m.relates_to");
        return text(relation.get("event_id")).flatMap(target -> text(relation.get("rel_type")));
    }

    /// The event that an event names, with whatever type of relation.
    public static Optional<EventId> target(Pdu pdu) {
        return text(pdu.content().path("m.relates_to").get("event_id")).flatMap(EventId::find);
    }

    private static Optional<String> text(@Nullable JsonNode node) {
        return node != null && node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }
}
