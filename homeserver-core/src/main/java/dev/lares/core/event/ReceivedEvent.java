package dev.lares.core.event;

import dev.lares.core.crypto.SignedJson;
import dev.lares.core.crypto.VerifyKey;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.EventId;
import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import dev.lares.core.roomversion.RoomVersionRules.EventIdFormat;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// What checks 2 and 3 on receipt say of an event ([validating hashes and
/// signatures](https://spec.matrix.org/v1.19/server-server-api/#validating-hashes-and-signatures-on-received-events)).
public sealed interface ReceivedEvent {
    /// Signatures and content hash fit.
    record Genuine(VerifiedPdu verified) implements ReceivedEvent {
        public Pdu pdu() {
            return verified.pdu();
        }
    }

    /// The signatures fit and the content hash does not: all that counts is the redacted event,
    /// which this is.
    record Redacted(VerifiedPdu verified) implements ReceivedEvent {
        public Pdu pdu() {
            return verified.pdu();
        }
    }

    /// A signature is missing or wrong; the event is dropped.
    record Forged(String reason) implements ReceivedEvent {}

    /// A server's key and how long it counts.
    ///
    /// @param validUntilTs milliseconds: `valid_until_ts`, at most 7 days ahead, or `expired_ts` of
    ///   an old key
    /// @param expired whether it is an old key
    record ServerKey(VerifyKey key, long validUntilTs, boolean expired) {}

    /// The keys of servers, as far as they are known by now.
    @FunctionalInterface
    interface ServerKeys {
        Optional<ServerKey> find(ServerName serverName, String keyId);
    }

    static ReceivedEvent check(Pdu pdu, ServerKeys keys) {
        Set<ServerName> signers;
        try {
            signers = requiredSigners(pdu);
        } catch (MatrixException e) {
            return new Forged("The event names no server that could have signed it");
        }
        var rules = pdu.roomVersion().rules();
        var tree = pdu.json().tree();
        byte[] signedBytes = EventHashes.signedBytes(tree, rules);
        for (var signer : signers) {
            if (!SignedJson.isSignedBy(
                    signer.value(),
                    tree,
                    signedBytes,
                    (_, keyId) -> usable(keys.find(signer, keyId), pdu))) {
                return new Forged("Not validly signed by " + signer);
            }
        }
        return EventHashes.contentHashFits(tree, rules.json())
                ? new Genuine(new VerifiedPdu(pdu, VerifiedPdu.Integrity.WHOLE))
                : new Redacted(
                        new VerifiedPdu(Redaction.redact(pdu), VerifiedPdu.Integrity.REDACTED));
    }

    private static Optional<VerifyKey> usable(Optional<ServerKey> key, Pdu pdu) {
        return key.filter(
                        known -> {
                            // Old keys count for old events only, in every version; v5: so do
                            // present ones whose validity was not renewed.
                            boolean enforced =
                                    known.expired()
                                            || pdu.roomVersion().rules().keyValidityEnforced();
                            return !enforced || pdu.originServerTs() <= known.validUntilTs();
                        })
                .map(ServerKey::key);
    }

    /// The servers whose signatures the event must bear. Throws a [MatrixException] where it names
    /// one of them in a way that is no ID.
    static Set<ServerName> requiredSigners(Pdu pdu) {
        var rules = pdu.roomVersion().rules();
        var signers = new LinkedHashSet<ServerName>();
        var content = pdu.content();
        boolean member = pdu.type().equals("m.room.member");
        // A third-party invite may be sent by another server than the inviter's.
        boolean thirdPartyInvite =
                member
                        && content.path("membership").asString("").equals("invite")
                        && content.has("third_party_invite");
        var sender = pdu.sender().serverName();
        if (!thirdPartyInvite) {
            signers.add(sender);
        }
        // v1, v2: also the server that the event's ID names, if it is another one.
        if (rules.eventIds() == EventIdFormat.EXPLICIT) {
            var origin = domain(pdu.eventId());
            if (!origin.equals(sender)) {
                signers.add(origin);
            }
        }
        // v8 rule 4.2.1: also the server of whoever authorised a restricted join; the rule speaks
        // of every membership.
        var authoriser = content.get("join_authorised_via_users_server");
        if (rules.restrictedJoins() && member && authoriser != null) {
            signers.add(new UserId(authoriser.asString("")).serverName());
        }
        return signers;
    }

    private static ServerName domain(EventId eventId) {
        return new ServerName(eventId.value().substring(eventId.value().indexOf(':') + 1));
    }
}
