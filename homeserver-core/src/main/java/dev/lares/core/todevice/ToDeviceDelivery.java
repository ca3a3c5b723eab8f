package dev.lares.core.todevice;

import java.util.List;

/// What a device gets at once.
///
/// @param messages oldest first
/// @param upTo all messages to the device at or before this position are delivered when these are;
///   the next reading starts behind it, and [ToDeviceInbox#acknowledge] takes it
/// @param rest whether more can be read at once
public record ToDeviceDelivery(List<ToDeviceMessage> messages, long upTo, Rest rest) {
    public ToDeviceDelivery {
        messages = List.copyOf(messages);
    }

    /// What is left behind a delivery.
    public enum Rest {
        NONE,
        WAITING
    }
}
