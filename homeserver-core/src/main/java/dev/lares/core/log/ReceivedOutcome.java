package dev.lares.core.log;

/// What became of one event of a [ReceivedItem].
public sealed interface ReceivedOutcome {
    record Accepted() implements ReceivedOutcome {}

    /// It was here before, whatever was made of it then.
    record Known() implements ReceivedOutcome {}

    /// [Soft failure](https://spec.matrix.org/v1.19/server-server-api/#soft-failure): kept for
    /// events that cite it, and shown to nobody.
    ///
    /// @param rule room version and number of the authorization rule
    record SoftFailed(String rule, String reason) implements ReceivedOutcome {}

    /// Kept for events that cite it; it changes no state.
    record Rejected(String rule, String reason) implements ReceivedOutcome {}

    /// Events of the room cite it, so it is no news: it was not kept, and belongs into a page of
    /// history.
    record Past() implements ReceivedOutcome {}

    /// It cannot be kept: it has no place in the room's graph, or not in the database.
    record Refused(String reason) implements ReceivedOutcome {}
}
