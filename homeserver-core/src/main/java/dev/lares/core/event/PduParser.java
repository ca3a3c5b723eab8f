package dev.lares.core.event;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.json.CanonicalJson;
import dev.lares.core.json.JsonLimits;
import dev.lares.core.json.JsonOutput;
import dev.lares.core.json.JsonText;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.roomversion.RoomVersionRules;
import dev.lares.core.roomversion.RoomVersionRules.EventIdFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads events of other servers, and our own from storage. Reading checks the event format of the
/// room version ([check 1 on
/// receipt](https://spec.matrix.org/v1.19/server-server-api/#checks-performed-on-receipt-of-a-pdu)),
/// never hashes or signatures; for those see [ReceivedEvent].
///
/// Where the format is wrong a [MatrixException] says so: `M_NOT_JSON`, `M_BAD_JSON` or
/// `M_TOO_LARGE`. Such an event is dropped.
public final class PduParser {
    private PduParser() {}

    /// Reads JSON text. `unsigned` is left out of the result.
    public static Pdu parse(byte[] utf8, RoomVersion version) {
        return parse(JsonText.parseObject(utf8, version.rules().json(), JsonLimits.EVENT), version);
    }

    /// Reads one object of a larger text. It is taken over, and loses its `unsigned`.
    public static Pdu parse(ObjectNode tree, RoomVersion version) {
        var rules = version.rules();
        var unsigned = tree.remove("unsigned");
        var json = CanonicalJson.of(tree, rules.json());
        EventLimits.requireSize(json.sizeBytes() + sizeOf(unsigned, rules));
        requireObject(tree, "content");
        requireObject(tree, "hashes");
        for (var signatures : requireObject(tree, "signatures").values()) {
            if (!signatures.isObject()) {
                throw bad("signatures");
            }
        }
        var eventId =
                rules.eventIds() == EventIdFormat.EXPLICIT
                        ? id(tree, "event_id", EventId::new)
                        : EventHashes.eventId(EventHashes.referenceHash(tree, rules), rules);
        var pdu = view(eventId, version, json);
        EventLimits.requireFieldSize("type", pdu.type());
        pdu.stateKey().ifPresent(key -> EventLimits.requireFieldSize("state_key", key));
        if (pdu.prevEvents().size() > EventLimits.PREV_EVENTS_MAX) {
            throw bad("prev_events");
        }
        if (pdu.authEvents().size() > EventLimits.AUTH_EVENTS_MAX) {
            throw bad("auth_events");
        }
        return pdu;
    }

    /// Reads what storage kept of an event that was checked when it came.
    ///
    /// @param canonicalBytes the bytes of [Pdu#json()]
    public static Pdu stored(EventId eventId, RoomVersion version, byte[] canonicalBytes) {
        return view(eventId, version, CanonicalJson.stored(canonicalBytes));
    }

    private static Pdu view(EventId eventId, RoomVersion version, CanonicalJson json) {
        var tree = json.tree();
        var rules = version.rules();
        String type = text(tree, "type");
        return new Pdu(
                eventId,
                version,
                roomId(eventId, type, tree, rules),
                type,
                tree.has("state_key") ? Optional.of(text(tree, "state_key")) : Optional.empty(),
                id(tree, "sender", UserId::new),
                integer(tree, "origin_server_ts"),
                integer(tree, "depth"),
                edges(tree, "prev_events", rules),
                edges(tree, "auth_events", rules),
                type.equals("m.room.redaction") ? redacts(tree, rules) : Optional.empty(),
                json);
    }

    private static RoomId roomId(
            EventId eventId, String type, ObjectNode tree, RoomVersionRules rules) {
        // v12: the create event has no `room_id`. One that has it is refused by the auth rules.
        if (rules.roomIdFromCreateEvent() && type.equals("m.room.create")) {
            return PduBuilder.roomIdOf(eventId);
        }
        return id(tree, "room_id", RoomId::new);
    }

    /// What `unsigned` adds to the size of "the complete event", though nothing else is made of it.
    private static int sizeOf(@Nullable JsonNode unsigned, RoomVersionRules rules) {
        return unsigned == null
                ? 0
                : new JsonOutput(64)
                        .ascii(",\"unsigned\":")
                        .value(unsigned, rules.json())
                        .toBytes()
                        .length;
    }

    /// A target that is no event ID redacts nothing; it does not make the event malformed.
    private static Optional<EventId> redacts(ObjectNode tree, RoomVersionRules rules) {
        var target = (rules.redactsInContent() ? tree.path("content") : tree).path("redacts");
        if (!target.isString()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new EventId(target.stringValue()));
        } catch (MatrixException e) {
            return Optional.empty();
        }
    }

    private static List<EventId> edges(ObjectNode tree, String name, RoomVersionRules rules) {
        if (!(tree.get(name) instanceof ArrayNode array)) {
            throw bad(name);
        }
        var edges = new ArrayList<EventId>(array.size());
        for (var element : array) {
            var edge = element;
            if (rules.eventIds() == EventIdFormat.EXPLICIT) {
                // Versions 1 and 2: pairs of ID and hashes. Nobody checks those hashes.
                if (element.size() != 2 || !element.isArray() || !element.get(1).isObject()) {
                    throw bad(name);
                }
                edge = element.get(0);
            }
            edges.add(id(edge, name, EventId::new));
        }
        return edges;
    }

    private static ObjectNode requireObject(ObjectNode tree, String name) {
        if (tree.get(name) instanceof ObjectNode object) {
            return object;
        }
        throw bad(name);
    }

    private static String text(ObjectNode tree, String name) {
        var value = tree.get(name);
        if (value == null || !value.isString()) {
            throw bad(name);
        }
        return value.stringValue();
    }

    /// Before v6 a number may be beyond what we can count with; then it is the nearest that we can.
    private static long integer(ObjectNode tree, String name) {
        var value = tree.get(name);
        if (value == null || !value.isIntegralNumber()) {
            throw bad(name);
        }
        return value.canConvertToLong()
                ? value.longValue()
                : value.bigIntegerValue().signum() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }

    private static <T> T id(ObjectNode tree, String name, Function<String, T> type) {
        return id(tree.path(name), name, type);
    }

    private static <T> T id(JsonNode node, String name, Function<String, T> type) {
        if (!node.isString()) {
            throw bad(name);
        }
        try {
            return type.apply(node.stringValue());
        } catch (MatrixException e) {
            throw bad(name);
        }
    }

    private static MatrixException bad(String name) {
        return new MatrixException(
                ErrorCode.M_BAD_JSON, "'" + name + "' of the event is missing or malformed");
    }
}
