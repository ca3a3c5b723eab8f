package dev.lares.client.redaction;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.sending.SendingService;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;

/// [Redactions](https://spec.matrix.org/v1.19/client-server-api/#redactions).
@RestController
class RedactionController {
    private final SendingService sending;

    RedactionController(SendingService sending) {
        this.sending = sending;
    }

    /// `PUT /_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidredacteventidtxnid)):
    /// users redact their own events, and those of others with the power to; a repeated request
    /// gets the first one's answer. With `with_rel_types` or `org.matrix.msc3912.with_relations`
    /// ([MSC3912](https://github.com/matrix-org/matrix-spec-proposals/pull/3912)), at most 1,000
    /// events that relate to it so are redacted as well, as far as the user may.
    @SpecEndpoint(operationId = "redactEvent", auth = ACCESS_TOKEN, rateLimited = false)
    @PutMapping({
        "/_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}",
        "/_matrix/client/r0/rooms/{roomId}/redact/{eventId}/{txnId}"
    })
    EventIdResponse redactEvent(
            Requester requester,
            @PathVariable RoomId roomId,
            @PathVariable EventId eventId,
            @PathVariable String txnId,
            @Valid @RequestBody(required = false) RedactRequest request) {
        var content = JsonNodeFactory.instance.objectNode();
        request.reason().ifPresent(reason -> content.put("reason", reason));
        return new EventIdResponse(
                sending.redact(requester, roomId, eventId, content, request.relTypes(), txnId));
    }

    record RedactRequest(
            Optional<String> reason,
            Optional<@Size(max = REL_TYPES_MAX) List<@NotNull String>> withRelTypes,
            @JsonProperty("org.matrix.msc3912.with_relations")
                    Optional<@Size(max = REL_TYPES_MAX) List<@NotNull String>> withRelations) {
        private static final int REL_TYPES_MAX = 100;

        Set<String> relTypes() {
            return Stream.of(withRelTypes, withRelations)
                    .flatMap(given -> given.stream().flatMap(List::stream))
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    record EventIdResponse(EventId eventId) {}
}
