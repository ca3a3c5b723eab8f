package dev.lares.core.state;

/// What a state has at a key.
public sealed interface StateLookup {
    /// @param eventNid internal number of the event
    record Known(long eventNid) implements StateLookup {}

    /// The state has no event there.
    record Absent() implements StateLookup {}

    /// Not known yet: a membership in a partial state that names none.
    record Unknown() implements StateLookup {}
}
