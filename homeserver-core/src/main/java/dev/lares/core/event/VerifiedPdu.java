package dev.lares.core.event;

/// An event of another server whose signatures were verified and whose content hash was looked at.
/// Only [ReceivedEvent#check] makes one, so whoever holds it holds the proof.
public final class VerifiedPdu {
    private final Pdu pdu;
    private final Integrity integrity;

    VerifiedPdu(Pdu pdu, Integrity integrity) {
        this.pdu = pdu;
        this.integrity = integrity;
    }

    /// Whether the event is as its sender made it.
    public enum Integrity {
        WHOLE,
        /// The content hash did not fit, so it is the redacted event that counts.
        REDACTED
    }

    public Pdu pdu() {
        return pdu;
    }

    public Integrity integrity() {
        return integrity;
    }

    @Override
    public String toString() {
        return "VerifiedPdu[" + pdu.eventId() + ", " + integrity + "]";
    }
}
