package dev.lares.core.crypto;

import dev.lares.core.json.CanonicalJson;
import dev.lares.core.json.JsonRules;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// [Signing JSON](https://spec.matrix.org/v1.19/appendices/#signing-json) and [checking for a
/// signature](https://spec.matrix.org/v1.19/appendices/#checking-for-a-signature).
public final class SignedJson {
    private static final String ALGORITHM_PREFIX = "ed25519:";

    private SignedJson() {}

    /// Finds keys that the caller trusts.
    @FunctionalInterface
    public interface VerifyKeys {
        /// Empty where there is none that may be used for this object.
        Optional<VerifyKey> find(String entity, String keyId);
    }

    /// What a signature of the object covers: all but `signatures` and `unsigned`, canonically.
    public static byte[] signedBytes(ObjectNode object, JsonRules rules) {
        var signed = JsonNodeFactory.instance.objectNode();
        signed.setAll(object);
        signed.remove("signatures");
        signed.remove("unsigned");
        return CanonicalJson.of(signed, rules).bytes();
    }

    /// Puts our signature into the object, beside those that are there.
    public static void sign(ObjectNode object, Signer signer) {
        putSignature(object, signer, signer.key().sign(signedBytes(object, JsonRules.STRICT)));
    }

    /// Puts a signature that was made before.
    public static void putSignature(ObjectNode object, Signer signer, String signature) {
        var signatures =
                object.get("signatures") instanceof ObjectNode present
                        ? present
                        : object.putObject("signatures");
        var entity = signer.serverName().value();
        var ours =
                signatures.get(entity) instanceof ObjectNode present
                        ? present
                        : signatures.putObject(entity);
        ours.put(signer.key().keyId(), signature);
    }

    /// By how many bytes canonical JSON grows with the signatures of these, where it has no others:
    /// known before they are made.
    public static int signaturesSizeBytes(List<Signer> signers) {
        var object = JsonNodeFactory.instance.objectNode();
        for (var signer : signers) {
            putSignature(object, signer, SigningKey.UNSIGNED);
        }
        // The braces go, a comma comes.
        return CanonicalJson.of(object, JsonRules.STRICT).sizeBytes() - 1;
    }

    /// Whether the entity has signed the object: at least one of its signatures was made with a key
    /// that is known, and all of those fit. Signatures of other algorithms and with unknown keys
    /// are passed over.
    ///
    /// @param entity a server name or a user ID
    public static boolean isSignedBy(
            String entity, ObjectNode object, VerifyKeys keys, JsonRules rules) {
        return isSignedBy(entity, object, signedBytes(object, rules), keys);
    }

    /// As above, for a caller that has the signed bytes already.
    public static boolean isSignedBy(
            String entity, ObjectNode object, byte[] signedBytes, VerifyKeys keys) {
        if (!(object.path("signatures").path(entity) instanceof ObjectNode signatures)) {
            return false;
        }
        boolean found = false;
        for (var entry : signatures.properties()) {
            if (!entry.getKey().startsWith(ALGORITHM_PREFIX)) {
                continue;
            }
            var key = keys.find(entity, entry.getKey());
            if (key.isEmpty()) {
                continue;
            }
            var signature = UnpaddedBase64.decode(entry.getValue().asString(""));
            if (signature.isEmpty() || !key.get().verifies(signedBytes, signature.get())) {
                return false;
            }
            found = true;
        }
        return found;
    }
}
