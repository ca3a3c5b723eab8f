package dev.lares.core.todevice;

import dev.lares.core.id.UserId;

/// A message to one device.
///
/// @param pos its position in the log
/// @param content JSON
public record ToDeviceMessage(long pos, UserId sender, String type, String content) {}
