package dev.lares.core.token;

import dev.lares.core.id.DeviceId;

/// What a login made.
public record Session(DeviceId deviceId, IssuedTokens tokens) {}
