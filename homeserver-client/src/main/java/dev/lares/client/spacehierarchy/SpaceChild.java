package dev.lares.client.spacehierarchy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.lares.core.id.RoomId;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An [`m.space.child`](https://spec.matrix.org/v1.19/client-server-api/#mspacechild) that names a
/// room, as a stripped event with its time.
record SpaceChild(
        String type, String stateKey, ObjectNode content, String sender, long originServerTs) {
    private static final Pattern ORDER = Pattern.compile("[ -~]{1,50}");

    /// [Ordering of
    /// children](https://spec.matrix.org/v1.19/client-server-api/#ordering-of-children-within-a-space).
    static final Comparator<SpaceChild> AS_THE_SPACE_WANTS =
            Comparator.comparingInt((SpaceChild child) -> child.order().isPresent() ? 0 : 1)
                    .thenComparing(child -> child.order().orElse(""))
                    .thenComparingLong(SpaceChild::originServerTs)
                    .thenComparing(SpaceChild::stateKey);

    @JsonIgnore
    RoomId roomId() {
        return new RoomId(stateKey);
    }

    @JsonIgnore
    boolean isSuggested() {
        return content.path("suggested").isBoolean() && content.path("suggested").booleanValue();
    }

    private Optional<String> order() {
        return Optional.ofNullable(content.get("order"))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(order -> ORDER.matcher(order).matches());
    }
}
