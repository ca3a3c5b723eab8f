package dev.lares.core.event;

import dev.lares.core.crypto.Sha256;
import dev.lares.core.crypto.SignedJson;
import dev.lares.core.crypto.UnpaddedBase64;
import dev.lares.core.id.EventId;
import dev.lares.core.json.CanonicalJson;
import dev.lares.core.json.JsonRules;
import dev.lares.core.roomversion.RoomVersionRules;
import java.security.MessageDigest;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The hashes of an event, and the ID that follows from one of them ([signing
/// events](https://spec.matrix.org/v1.19/server-server-api/#signing-events)).
public final class EventHashes {
    private EventHashes() {}

    /// The [content
    /// hash](https://spec.matrix.org/v1.19/server-server-api/#calculating-the-content-hash-for-an-event):
    /// covers everything but `unsigned`, `signatures` and `hashes`.
    public static byte[] contentHash(ObjectNode event, JsonRules rules) {
        var hashed = JsonNodeFactory.instance.objectNode();
        hashed.setAll(event);
        hashed.remove("unsigned");
        hashed.remove("signatures");
        hashed.remove("hashes");
        return Sha256.of(CanonicalJson.of(hashed, rules).bytes());
    }

    /// Whether the event holds its own content hash. Where not, somebody redacted it, and it counts
    /// only [redacted][Redaction].
    public static boolean contentHashFits(ObjectNode event, JsonRules rules) {
        return UnpaddedBase64.decode(event.path("hashes").path("sha256").asString(""))
                .filter(hash -> MessageDigest.isEqual(hash, contentHash(event, rules)))
                .isPresent();
    }

    /// What signatures of servers and the reference hash cover: the redacted event without its
    /// signatures.
    static byte[] signedBytes(ObjectNode event, RoomVersionRules rules) {
        return SignedJson.signedBytes(Redaction.redact(event, rules.redaction()), rules.json());
    }

    /// The [reference
    /// hash](https://spec.matrix.org/v1.19/server-server-api/#calculating-the-reference-hash-for-an-event).
    public static byte[] referenceHash(ObjectNode event, RoomVersionRules rules) {
        return Sha256.of(signedBytes(event, rules));
    }

    /// The ID of an event whose version gives it by hash.
    static EventId eventId(byte[] referenceHash, RoomVersionRules rules) {
        return switch (rules.eventIds()) {
            case EXPLICIT -> throw new IllegalArgumentException("The event names its ID itself");
            case HASH -> new EventId("$" + UnpaddedBase64.encode(referenceHash));
            case URL_SAFE_HASH -> new EventId("$" + UnpaddedBase64.encodeUrlSafe(referenceHash));
        };
    }
}
