package dev.lares.core.event;

import dev.lares.core.crypto.Sha256;
import dev.lares.core.crypto.SignedJson;
import dev.lares.core.crypto.Signer;
import dev.lares.core.crypto.UnpaddedBase64;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.json.CanonicalJson;
import dev.lares.core.json.JsonRules;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.roomversion.RoomVersionRules;
import dev.lares.core.roomversion.RoomVersionRules.EventIdFormat;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes events of ours out of drafts ([adding hashes and
/// signatures](https://spec.matrix.org/v1.19/server-server-api/#adding-hashes-and-signatures-to-outgoing-events)).
/// Pure: no clock, no randomness, no I/O; the same input gives the same bytes.
public final class PduBuilder {
    private static final long DEPTH_MAX_STRICT = (1L << 53) - 1;

    /// Enough of a hash that no two events of one server get the same ID in versions 1 and 2.
    private static final int EXPLICIT_ID_BYTES = 18;

    private PduBuilder() {}

    /// Builds, hashes and signs: [#prepare] and the signatures.
    public static Pdu build(
            EventDraft draft,
            RoomVersion version,
            EventPlace place,
            Signer signer,
            Signer... cosigners) {
        return prepare(draft, version, place, signer, cosigners).signed();
    }

    /// Builds and hashes, and leaves the signatures for later. The draft's content is taken over.
    /// Throws a [MatrixException]: `M_BAD_JSON` where the content has no canonical form (also in
    /// room versions that would allow it: we do not send such events), `M_TOO_LARGE` (413) beyond
    /// the [limits][EventLimits], which cover the signatures too.
    ///
    /// @param signer the domain of the sender, and its key
    /// @param cosigners further domains that the event needs the signatures of
    public static UnsignedPdu prepare(
            EventDraft draft,
            RoomVersion version,
            EventPlace place,
            Signer signer,
            Signer... cosigners) {
        var rules = version.rules();
        EventLimits.requireFieldSize("type", draft.type());
        draft.stateKey().ifPresent(key -> EventLimits.requireFieldSize("state_key", key));
        long depth =
                rules.json() == JsonRules.STRICT
                        ? Math.min(place.depth(), DEPTH_MAX_STRICT)
                        : place.depth();
        long originServerTs = draft.originServerTs().orElse(place.nowMillis());
        var event = unsigned(draft, rules, place, depth, originServerTs);

        if (rules.eventIds() == EventIdFormat.EXPLICIT) {
            event.put("event_id", explicitId(event, signer));
        }
        var hash = UnpaddedBase64.encode(EventHashes.contentHash(event, JsonRules.STRICT));
        event.putObject("hashes").put("sha256", hash);
        byte[] signedBytes = EventHashes.signedBytes(event, rules);
        var signers = Stream.concat(Stream.of(signer), Arrays.stream(cosigners)).toList();
        var json = CanonicalJson.of(event, JsonRules.STRICT);
        EventLimits.requireSize(json.sizeBytes() + SignedJson.signaturesSizeBytes(signers));

        var eventId =
                rules.eventIds() == EventIdFormat.EXPLICIT
                        ? new EventId(event.get("event_id").stringValue())
                        : EventHashes.eventId(Sha256.of(signedBytes), rules);
        var pdu =
                new Pdu(
                        eventId,
                        version,
                        place.roomId().orElseGet(() -> roomIdOf(eventId)),
                        draft.type(),
                        draft.stateKey(),
                        draft.sender(),
                        originServerTs,
                        depth,
                        place.prevEvents().stream().map(EventEdge::eventId).toList(),
                        place.authEvents().stream().map(EventEdge::eventId).toList(),
                        draft.redacts(),
                        json);
        return new UnsignedPdu(pdu, signedBytes, signers);
    }

    /// The ID of the room whose create event has this ID (v12).
    static RoomId roomIdOf(EventId createEvent) {
        return new RoomId("!" + createEvent.value().substring(1));
    }

    /// Names in order of code points, which spares the writer the sorting.
    private static ObjectNode unsigned(
            EventDraft draft,
            RoomVersionRules rules,
            EventPlace place,
            long depth,
            long originServerTs) {
        if (place.roomId().isEmpty() && !rules.roomIdFromCreateEvent()) {
            throw new IllegalArgumentException("An event of this room version names its room");
        }
        var event = JsonNodeFactory.instance.objectNode();
        putEdges(event, "auth_events", place.authEvents(), rules);
        event.set("content", draft.content());
        event.put("depth", depth);
        event.put("origin_server_ts", originServerTs);
        putEdges(event, "prev_events", place.prevEvents(), rules);
        draft.redacts()
                .ifPresent(target -> {
                    // v11: the target stands in the content.
                    if (rules.redactsInContent()) {
                        draft.content().put("redacts", target.value());
                    } else {
                        event.put("redacts", target.value());
                    }
                });
        place.roomId().ifPresent(roomId -> event.put("room_id", roomId.value()));
        event.put("sender", draft.sender().value());
        draft.stateKey().ifPresent(key -> event.put("state_key", key));
        event.put("type", draft.type());
        return event;
    }

    private static void putEdges(
            ObjectNode event, String name, List<EventEdge> edges, RoomVersionRules rules) {
        var array = event.putArray(name);
        for (var edge : edges) {
            if (rules.eventIds() == EventIdFormat.EXPLICIT) {
                var hash =
                        edge.referenceHash()
                                .orElseThrow(() ->
                                        new IllegalArgumentException(
                                                "An edge of this room version carries the"
                                                        + " event's hash"));
                array.addArray().add(edge.eventId().value()).addObject().put("sha256", hash);
            } else {
                array.add(edge.eventId().value());
            }
        }
    }

    /// Versions 1 and 2 want an ID that the server has not used yet. Derived from the event's own
    /// bytes, it is one, and the builder needs no source of randomness.
    private static String explicitId(ObjectNode event, Signer signer) {
        byte[] hash = EventHashes.contentHash(event, JsonRules.STRICT);
        String id =
                "$"
                        + UnpaddedBase64.encodeUrlSafe(Arrays.copyOf(hash, EXPLICIT_ID_BYTES))
                        + ":"
                        + signer.serverName().value();
        if (id.length() > EventLimits.FIELD_MAX_BYTES) {
            throw new MatrixException(
                    ErrorCode.M_TOO_LARGE, "The server name is too long for this room version");
        }
        return id;
    }
}
