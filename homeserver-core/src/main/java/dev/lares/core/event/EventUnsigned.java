package dev.lares.core.event;

import dev.lares.core.id.EventId;
import dev.lares.core.json.JsonOutput;
import java.util.Optional;
import java.util.OptionalLong;

/// What the server adds to an event under `unsigned` for the client that gets it ([room
/// events](https://spec.matrix.org/v1.19/client-server-api/#room-event-format)). Values of type
/// `byte[]` are JSON, not to be changed.
///
/// @param ageMillis since `origin_server_ts`, by our clock
/// @param relations `m.relations`: bundled aggregations
/// @param membership of the user who gets the event, at the event and counting it (MSC4115)
/// @param prevContent content of the state event that this one replaced, where that user may see it
/// @param redactedBecause the redaction that applies to the event, rendered in the same shape
/// @param replacesState the state event that this one replaced
/// @param transactionId only for the device that sent the event
public record EventUnsigned(
        OptionalLong ageMillis,
        Optional<byte[]> relations,
        Optional<String> membership,
        Optional<byte[]> prevContent,
        Optional<byte[]> redactedBecause,
        Optional<EventId> replacesState,
        Optional<String> transactionId) {
    public static final EventUnsigned NONE =
            new EventUnsigned(
                    OptionalLong.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    public static EventUnsigned ofAge(long ageMillis) {
        return new EventUnsigned(
                OptionalLong.of(ageMillis),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public EventUnsigned withRelations(byte[] json) {
        return new EventUnsigned(
                ageMillis,
                Optional.of(json),
                membership,
                prevContent,
                redactedBecause,
                replacesState,
                transactionId);
    }

    public EventUnsigned withMembership(String value) {
        return new EventUnsigned(
                ageMillis,
                relations,
                Optional.of(value),
                prevContent,
                redactedBecause,
                replacesState,
                transactionId);
    }

    public EventUnsigned withPrevContent(byte[] json) {
        return new EventUnsigned(
                ageMillis,
                relations,
                membership,
                Optional.of(json),
                redactedBecause,
                replacesState,
                transactionId);
    }

    public EventUnsigned withRedactedBecause(byte[] renderedEvent) {
        return new EventUnsigned(
                ageMillis,
                relations,
                membership,
                prevContent,
                Optional.of(renderedEvent),
                replacesState,
                transactionId);
    }

    public EventUnsigned withReplacesState(EventId eventId) {
        return new EventUnsigned(
                ageMillis,
                relations,
                membership,
                prevContent,
                redactedBecause,
                Optional.of(eventId),
                transactionId);
    }

    public EventUnsigned withTransactionId(String value) {
        return new EventUnsigned(
                ageMillis,
                relations,
                membership,
                prevContent,
                redactedBecause,
                replacesState,
                Optional.of(value));
    }

    /// Writes the object. `transaction_id` comes last, where [ClientEvents#withTransactionId] would
    /// put it.
    void write(JsonOutput out) {
        out.ascii('{');
        ageMillis.ifPresent(age -> name(out, "age").number(age));
        relations.ifPresent(json -> name(out, "m.relations").raw(json));
        membership.ifPresent(value -> name(out, "membership").string(value));
        prevContent.ifPresent(json -> name(out, "prev_content").raw(json));
        redactedBecause.ifPresent(json -> name(out, "redacted_because").raw(json));
        replacesState.ifPresent(eventId -> name(out, "replaces_state").string(eventId.value()));
        transactionId.ifPresent(value -> name(out, "transaction_id").string(value));
        out.ascii('}');
    }

    private static JsonOutput name(JsonOutput out, String name) {
        if (out.last() != '{') {
            out.ascii(',');
        }
        return out.ascii('"').ascii(name).ascii("\":");
    }
}
