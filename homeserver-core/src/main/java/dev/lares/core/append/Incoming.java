package dev.lares.core.append;

import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.event.VerifiedPdu;
import java.util.Optional;

/// An event that was made elsewhere on its way into its room, with what the background lane has
/// found out about it.
final class Incoming {
    private final VerifiedPdu verified;
    private Optional<Assessment> assessment = Optional.empty();
    private Optional<Resolution> resolution = Optional.empty();
    private Optional<Reserved> reserved = Optional.empty();

    Incoming(VerifiedPdu verified) {
        this.verified = verified;
    }

    /// Numbers that the event will have, because a resolution names them.
    ///
    /// @param keyNid of its place in the state; 0 for what is not state
    record Reserved(long eventNid, long keyNid) {}

    VerifiedPdu verified() {
        return verified;
    }

    Pdu pdu() {
        return verified.pdu();
    }

    Optional<StateKey> stateKey() {
        return pdu().stateKey().map(key -> new StateKey(pdu().type(), key));
    }

    Optional<Assessment> assessment() {
        return assessment;
    }

    Optional<Resolution> resolution() {
        return resolution;
    }

    Optional<Reserved> reserved() {
        return reserved;
    }

    void assessed(Assessment made) {
        assessment = Optional.of(made);
    }

    void resolved(Resolution made) {
        resolution = Optional.of(made);
    }

    void reserve(Reserved numbers) {
        reserved = Optional.of(numbers);
    }
}
