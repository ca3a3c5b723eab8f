package dev.lares.core.state;

/// How much of a state is known.
public enum StateExtent {
    /// What a line does not name is absent.
    WHOLE,

    /// Memberships that a line does not name are unknown: a partial-state join.
    PARTIAL
}
