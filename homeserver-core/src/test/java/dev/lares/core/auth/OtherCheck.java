package dev.lares.core.auth;

import dev.lares.core.roomversion.RoomVersion;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/// Vectors that Synapse and we deny alike, but at different checks.
enum OtherCheck {
    /// A membership without its value breaks rule 4.1 (v8), not the event format; Synapse crashes
    /// over it earlier.
    MEMBERSHIP_WITHOUT_VALUE(
            "auth_events",
            vector ->
                    vector.group().equals("malformed-member")
                            && vector.deniedBy().equals("format")
                            && !vector.content().has("membership")),
    /// That the create event is not cited is a rule (v12 3.2), which Synapse checks with the
    /// format.
    CREATE_EVENT_CITED(
            "auth_events",
            vector -> vector.group().equals("auth-events") && vector.deniedBy().equals("format")),
    /// The signature of who authorised it is missing on what is not a join (see
    /// [AuthDeviation#AUTHORISER_SIGNATURE_ON_NON_JOIN]), and another rule denies the event as
    /// well.
    AUTHORISER_SIGNATURE_MISSED_FIRST(
            "format",
            vector ->
                    vector.deniedBy().equals("auth_events")
                            && RoomVersion.get(vector.version()).rules().restrictedJoins()
                            && vector.content().has(MembershipRules.AUTHORISER)
                            && !vector.line()
                                    .at("/event/signatures")
                                    .has(
                                            Domains.of(
                                                    vector.content()
                                                            .path(MembershipRules.AUTHORISER)
                                                            .asString(""))));

    private final String deniedBy;
    private final Predicate<AuthVectors.Case> matches;

    OtherCheck(String deniedBy, Predicate<AuthVectors.Case> matches) {
        this.deniedBy = deniedBy;
        this.matches = matches;
    }

    static Optional<OtherCheck> of(AuthVectors.Case vector) {
        return Arrays.stream(values()).filter(check -> check.matches.test(vector)).findFirst();
    }

    /// The check at which we deny.
    String deniedBy() {
        return deniedBy;
    }
}
