package dev.lares.core.token;

import dev.lares.core.id.DeviceId;
import java.util.Optional;

/// The device that somebody signs in on.
///
/// @param deviceId absent: a new one is invented. One that exists loses its tokens
/// @param displayName for a device that does not exist yet
public record DeviceLogin(
        Optional<DeviceId> deviceId, Optional<String> displayName, Refreshing refreshing) {}
