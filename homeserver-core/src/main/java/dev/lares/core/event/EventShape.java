package dev.lares.core.event;

/// How an event is written for a client.
public enum EventShape {
    /// The [client format](https://spec.matrix.org/v1.19/client-server-api/#room-event-format).
    WITH_ROOM_ID,
    /// The same where the answer names the room elsewhere, as in `/sync`.
    WITHOUT_ROOM_ID,
    /// As servers exchange it, for filters with `event_format: federation`.
    FEDERATION
}
