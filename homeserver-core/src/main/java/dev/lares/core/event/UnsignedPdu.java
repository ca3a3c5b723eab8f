package dev.lares.core.event;

import dev.lares.core.crypto.SignedJson;
import dev.lares.core.crypto.Signer;
import dev.lares.core.json.CanonicalJson;
import dev.lares.core.json.JsonRules;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

/// An event of ours that lacks nothing but its signatures. Its ID does not depend on them, so
/// whatever builds on it need not wait for them. Safe for use by several threads.
public final class UnsignedPdu {
    private final Pdu pdu;
    private final byte[] signedBytes;
    private final List<Signer> signers;

    UnsignedPdu(Pdu pdu, byte[] signedBytes, List<Signer> signers) {
        this.pdu = pdu;
        this.signedBytes = signedBytes;
        this.signers = List.copyOf(signers);
    }

    /// The event without its signatures: enough to authorise it and to cite it. Neither stored nor
    /// sent.
    public Pdu pdu() {
        return pdu;
    }

    /// The event with its signatures, which take longer to make than all else. The same each time.
    public Pdu signed() {
        var event = JsonNodeFactory.instance.objectNode();
        event.setAll(pdu.json().tree());
        for (var signer : signers) {
            SignedJson.putSignature(event, signer, signer.key().sign(signedBytes));
        }
        return pdu.with(CanonicalJson.of(event, JsonRules.STRICT));
    }
}
