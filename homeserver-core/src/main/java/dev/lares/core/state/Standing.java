package dev.lares.core.state;

/// What became of an event when it was checked.
public enum Standing {
    ACCEPTED,

    /// [Soft failure](https://spec.matrix.org/v1.19/server-server-api/#soft-failure): it counts for
    /// events that refer to it, and for nothing else.
    SOFT_FAILED,

    /// It changes nothing, also for events that refer to it.
    REJECTED
}
