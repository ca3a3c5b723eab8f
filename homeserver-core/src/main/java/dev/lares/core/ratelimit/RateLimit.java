package dev.lares.core.ratelimit;

/// What is limited, each a token bucket for every subject. An operator sets others with
/// `lares.ratelimit.limits`.
public enum RateLimit {
    /// Any rate limited endpoint that has no limit of its own, by user, or by address where nobody
    /// is logged in.
    REQUEST(25, 250),
    /// Sending events, by user.
    MESSAGE(0.2, 10),
    /// Registering accounts, and asking whether a name is free, by address.
    REGISTRATION(0.17, 3),
    /// Asking whether a registration token is good, by address.
    REGISTRATION_TOKEN(0.1, 5),
    /// Logging in, by address.
    LOGIN_ADDRESS(0.003, 5),
    /// Logging in, by account.
    LOGIN_ACCOUNT(0.003, 5),
    /// Wrong passwords, by account.
    LOGIN_FAILED(0.17, 3),
    /// Joining rooms that this server is in, by user.
    JOIN_LOCAL(0.1, 10),
    /// Joining rooms over federation, by user.
    JOIN_REMOTE(0.01, 10),
    /// Joins of one room by local users, by room.
    JOIN_ROOM(1, 10),
    /// Invites into one room, by room.
    INVITE_ROOM(0.3, 10),
    /// Invites of one user, by the invited.
    INVITE_USER(0.003, 5),
    /// Invites by one user, by who invites.
    INVITE_SENDER(0.3, 10),
    /// Creating rooms, by user.
    ROOM_CREATION(0.016, 10),
    /// Setting the own presence, by user.
    PRESENCE(0.1, 1),
    /// Reporting rooms, events and users, by user.
    REPORT(1, 5),
    /// Searching the user directory, by user.
    USER_DIRECTORY(0.016, 200);

    private final RateLimitProperties.Bucket bucket;

    RateLimit(double perSecond, int burst) {
        bucket = new RateLimitProperties.Bucket(perSecond, burst);
    }

    RateLimitProperties.Bucket standard() {
        return bucket;
    }
}
