package dev.lares.core.auth;

import java.util.Arrays;
import java.util.Optional;

/// Where Synapse, which computed the vectors, differs from the specification v1.19, and what the
/// specification says instead. A vector with one of these notes must come out the other way.
enum AuthDeviation {
    /// Rule 4.2.1 (v8) stands before the rules of the single memberships, so it holds for all of
    /// them; Synapse looks for the signature on joins only. We miss it with the other signatures.
    AUTHORISER_SIGNATURE_ON_NON_JOIN("authoriser-signature-on-non-join", "format"),
    /// Rule 3 compares the servers of the *sender* and of the creator. Synapse also denies what a
    /// local sender does to the membership of a foreign user.
    FEDERATE_TARGET("federate-target", ""),
    /// Rule 3 asks for the property "set to `false`". Synapse takes everything but `true` for that.
    FEDERATE_NOT_BOOLEAN("federate-not-boolean", ""),
    /// Rule 10 (v1) goes by the type alone. Synapse checks no levels where the state key is not
    /// empty.
    POWER_LEVELS_WITH_STATE_KEY("power-levels-with-state-key", "auth_events"),
    /// Rule 11.2 (v1, v2) compares the domain of the redacted event's ID; without `redacts` there
    /// is none that could be the same, and rule 11.3 rejects. Synapse allows it.
    REDACTION_WITHOUT_TARGET("redaction-without-target", "auth_events"),
    /// Rule 5.3.1.7 (v1) allows when *any* signature matches *any* key. Synapse gives up on a key
    /// after the first signature that does not fit.
    THIRD_PARTY_FIRST_SIGNATURE("third-party-first-signature", ""),
    /// Before v10 a level is an integer, or a string of a sign and decimal digits. Synapse also
    /// takes `true`, underscores and digits of other scripts.
    LEVEL_SPELLING("level-spelling", "auth_events");

    private static final String PREFIX = "deviation:";

    private final String note;
    private final String deniedBy;

    AuthDeviation(String note, String deniedBy) {
        this.note = note;
        this.deniedBy = deniedBy;
    }

    /// The one that a vector names; fails for one that nobody has decided.
    static Optional<AuthDeviation> of(AuthVectors.Case vector) {
        if (!vector.note().startsWith(PREFIX)) {
            return Optional.empty();
        }
        var name = vector.note().substring(PREFIX.length());
        return Optional.of(
                Arrays.stream(values())
                        .filter(deviation -> deviation.note.equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("Not decided: " + name)));
    }

    /// Which check denies the event as the specification has it; empty where it is allowed.
    String deniedBy() {
        return deniedBy;
    }
}
