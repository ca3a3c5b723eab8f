package dev.lares.core.device;

import dev.lares.core.id.DeviceId;
import java.time.Instant;
import java.util.Optional;

/// A device of a local user.
///
/// @param lastSeenAt when it last sent a request; at most a minute late
/// @param lastSeenAddress the IP address that it came from
public record Device(
        DeviceId deviceId,
        Optional<String> displayName,
        Optional<Instant> lastSeenAt,
        Optional<String> lastSeenAddress,
        Optional<String> lastSeenUserAgent) {}
