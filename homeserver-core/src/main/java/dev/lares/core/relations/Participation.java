package dev.lares.core.relations;

/// Whether a user
/// [participated](https://spec.matrix.org/v1.19/client-server-api/#server-side-aggregation-of-mthread-relationships)
/// in a thread: sent its root or an event in it.
enum Participation {
    YES,
    NO;

    static Participation of(boolean participated) {
        return participated ? YES : NO;
    }

    String json() {
        return Boolean.toString(this == YES);
    }
}
